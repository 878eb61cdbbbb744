-- The two logins and the database, made once. owner makes and changes the tables; app is what the servers work with: it owns nothing and inherits nothing.
create role owner login createrole password :'owner_password';
create role app login noinherit password :'app_password';
create database invoices owner owner;
