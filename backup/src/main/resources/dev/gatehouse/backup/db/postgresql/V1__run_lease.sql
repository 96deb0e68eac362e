-- Which process does a run, for the fleets that share a database. A row that ended is anybody's.
CREATE TABLE gatehouse_backup_lease (
    name    VARCHAR(100) NOT NULL PRIMARY KEY,
    holder  VARCHAR(200) NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL
);
