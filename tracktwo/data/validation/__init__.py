"""Hold a data set against the schema and the rules beyond it; collect every problem."""
