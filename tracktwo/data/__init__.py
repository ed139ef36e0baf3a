"""The study: the files of a data set, checked and read."""
