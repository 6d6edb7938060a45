-- The site's role. It owns its database and what is in it, and has no right beyond.
CREATE ROLE frankpledge LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS;
CREATE DATABASE frankpledge OWNER frankpledge;
-- As it is, every role comes to every database.
REVOKE ALL ON DATABASE frankpledge, postgres, template1 FROM PUBLIC;
