import MiniSearch from "minisearch";

window.bookMiniSearch = MiniSearch;
