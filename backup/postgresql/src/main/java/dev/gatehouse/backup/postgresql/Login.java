// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import dev.gatehouse.config.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Who connects where: one database of one server, for JDBC and for child processes alike. The password reaches a child in
 * its environment, which other users cannot read, never on its command line.
 *
 * @param host a name or an address
 * @param port its port
 * @param database the database's name
 * @param user the role's name
 * @param password empty where the server asks for none
 * @param more further properties of the JDBC URL, as {@code sslmode}
 */
record Login(String host, int port, String database, String user, Secret password, Map<String, String> more) {

    private static final Map<String, String> SHARED = Map.of(
            "sslmode", "PGSSLMODE",
            "sslrootcert", "PGSSLROOTCERT",
            "sslcert", "PGSSLCERT",
            "sslkey", "PGSSLKEY",
            "channelBinding", "PGCHANNELBINDING");
    private static final List<String> OWN =
            List.of("PGHOST", "PGPORT", "PGDBNAME", "user", "password", "socketTimeout", "loginTimeout");

    Login {
        more = Map.copyOf(more);
    }

    /** Of a JDBC URL; a user and password beside it outrank those in it. */
    static Login of(String url, @Nullable String user, @Nullable Secret password) {
        Properties parsed = url.startsWith("jdbc:postgresql:") ? Driver.parseURL(url, null) : null;
        if (parsed == null) {
            throw new IllegalArgumentException("backup.postgresql: the URL must begin with jdbc:postgresql://");
        }
        String host = parsed.getProperty("PGHOST", "localhost");
        if (host.contains(",")) {
            throw new IllegalArgumentException(
                    "backup.postgresql: the URL named " + host + " but must name one server");
        }
        Map<String, String> more = new java.util.HashMap<>();
        for (String name : parsed.stringPropertyNames()) {
            if (!OWN.contains(name)) {
                more.put(name, parsed.getProperty(name));
            }
        }
        String asked = user != null ? user : parsed.getProperty("user", System.getProperty("user.name"));
        return new Login(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(parsed.getProperty("PGPORT", "5432")),
                parsed.getProperty("PGDBNAME", asked),
                asked,
                password != null ? password : Secret.of(parsed.getProperty("password", "")),
                more);
    }

    /** The same server and role, but another database. */
    Login to(String other) {
        return new Login(host, port, other, user, password, more);
    }

    /** The same database, but another role. */
    Login as(String role, Secret secret) {
        return new Login(host, port, database, role, secret, more);
    }

    /** Where JDBC finds it, without user and password. */
    String url() {
        String place = host.contains(":") ? "[" + host + "]" : host;
        StringBuilder url = new StringBuilder("jdbc:postgresql://" + place + ":" + port + "/" + encoded(database));
        char separator = '?';
        for (Map.Entry<String, String> property : new java.util.TreeMap<>(more).entrySet()) {
            url.append(separator).append(property.getKey()).append('=').append(encoded(property.getValue()));
            separator = '&';
        }
        return url.toString();
    }

    private static String encoded(String value) {
        return java.net.URLEncoder.encode(value, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** A new connection that waits for a query as long as it takes, but not for a server that is gone. */
    Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (password.length() > 0) {
            properties.setProperty("password", password.reveal());
        }
        properties.setProperty("loginTimeout", "15");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "gatehouse-backup");
        Connection connection = new Driver().connect(url(), properties);
        if (connection == null) {
            throw new SQLException("backup.postgresql: the driver does not know this URL");
        }
        return connection;
    }

    /** A child process that connects there. */
    ProcessBuilder command(List<String> command) {
        ProcessBuilder builder = Environment.bare(command);
        Map<String, String> environment = builder.environment();
        environment.put("PGHOST", host);
        environment.put("PGPORT", Integer.toString(port));
        environment.put("PGDATABASE", database);
        environment.put("PGUSER", user);
        environment.put("PGPASSWORD", password.reveal());
        environment.put("PGAPPNAME", "gatehouse-backup");
        environment.put("PGCONNECT_TIMEOUT", "15");
        environment.put("PGOPTIONS", "-c client_min_messages=error");
        SHARED.forEach((jdbc, libpq) -> {
            String value = more.get(jdbc);
            if (value != null) {
                environment.put(libpq, value);
            }
        });
        return builder;
    }

    @Override
    public String toString() {
        return user + " at " + host + ":" + port + "/" + database;
    }
}
