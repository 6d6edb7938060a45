"""Work that is done behind the pages: no job is lost, and none is done twice."""
