// Vega without what the book's charts do not use (maps, forces, trees, word clouds, regression),
// and with the interpreter, since the site's Content-Security-Policy forbids `eval`.
import { transforms } from "vega-dataflow";
import * as encode from "vega-encode";
import { expressionInterpreter } from "vega-interpreter";
import { parse } from "vega-parser";
import * as data from "vega-transforms";
import { extend } from "vega-util";
import { View } from "vega-view";
import * as layout from "vega-view-transforms";

extend(transforms, data, layout, encode);
window.bookVega = { View, expressionInterpreter, parse };
