-- The two roles of the monitor and the login of its processes. Once, by the owner of the database, with
-- owner.env in the environment:
--   psql --file deploy/roles.sql "$MONITOR_DATABASE"
-- `python -m monitor init` or `copy`, by the owner as well, then gives the roles what they may do.
\set ON_ERROR_STOP on
\getenv password MONITOR_APP_PASSWORD
CREATE ROLE monitor_app NOLOGIN;
CREATE ROLE monitor_reader NOLOGIN;
CREATE ROLE monitor_login LOGIN PASSWORD :'password' IN ROLE monitor_app;
