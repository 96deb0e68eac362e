// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.config;

import dev.gatehouse.config.Config;
import dev.gatehouse.config.Profile;
import dev.gatehouse.config.Refusal;
import dev.gatehouse.config.Secret;
import dev.gatehouse.config.Setting;
import dev.gatehouse.examples.shop.provider.Providers;
import dev.gatehouse.http.Cidr;
import dev.gatehouse.http.ClientAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything about the shop that is set from outside, as {@code SHOP_…} variables. Immutable.
 *
 * @param profile development, or production, which refuses development's values
 * @param port where it listens
 * @param bind on which interface it listens
 * @param publicUrl how the world reaches it
 * @param data where it keeps its files
 * @param backupDir where backups lie
 * @param backupKeyFile what encrypts them
 * @param db the database
 * @param redisUrl limits shared by several shops
 * @param s3 a second place for backups
 * @param secret the root secret
 * @param trustedProxies whose word on the client's address is believed
 * @param forwardedHeader in which header they write it
 * @param admin the first administrator
 * @param paymentsUrl the payment provider
 * @param searchUrl the search provider
 * @param mailUrl the mail provider
 * @param session how long sessions live
 * @param signoffs the file of attestations and deferrals
 * @param standby whether it starts no backup by itself
 * @param jobs whether it does the jobs of the queue
 * @param drillPrograms with what drills of PostgreSQL start a server
 * @param log how log lines look
 */
public record ShopConfig(
        @Setting(byDefault = "development", doc = "What it runs for: development or production.")
        Profile profile,

        @Setting(byDefault = "8080", min = "0", max = "65535", doc = "Where it listens; 0 picks a free port.")
        int port,

        @Setting(byDefault = "127.0.0.1", permits = Refusal.LOOPBACK, doc = "On which interface it listens.")
        String bind,

        @Setting(
                setInProduction = true,
                doc = "How the world reaches it: links in mails, allowed origins. http://localhost:PORT.")
        Optional<URI> publicUrl,

        @Setting(byDefault = "examples/shop/data", doc = "Where the database file, keys and logs lie.")
        Path data,

        @Setting(doc = "Where backups lie; backups/ in SHOP_DATA.")
        Optional<Path> backupDir,

        @Setting(doc = "The key that encrypts them; keys/backup.key in SHOP_DATA.")
        Optional<Path> backupKeyFile,

        Db db,
        @Setting(doc = "Limits shared by several shops.") Optional<URI> redisUrl,
        Optional<S3> s3,

        @Setting(
                base64 = true,
                minLength = 32,
                setInProduction = true,
                doc = "The root secret, Base64 of at least 32 bytes; made at first start and kept in SHOP_DATA.",
                hint = "openssl rand -base64 32")
        Optional<Secret> secret,

        @Setting(doc = "Proxies (CIDR blocks) whose header is believed.")
        List<Cidr> trustedProxies,

        @Setting(byDefault = "x-forwarded-for", doc = "The header they write: x-forwarded-for or forwarded.")
        ClientAddress.Header forwardedHeader,

        Admin admin,

        @Setting(setInProduction = true, doc = "The payment provider; one of its own on a free port.")
        Optional<URI> paymentsUrl,

        @Setting(setInProduction = true, doc = "The search provider; one of its own on a free port.")
        Optional<URI> searchUrl,

        @Setting(setInProduction = true, doc = "The mail provider; one of its own on a free port.")
        Optional<URI> mailUrl,

        Session session,

        @Setting(doc = "Attestations and deferrals; readiness-signoffs.properties beside SHOP_DATA, if there.")
        Optional<Path> signoffs,

        @Setting(byDefault = "false", doc = "Starts no backup by itself: for a second process on the same backups.")
        boolean standby,

        @Setting(byDefault = "true", doc = "Does the jobs of the queue; false for a process on a copy of the data.")
        boolean jobs,

        @Setting(
                doc =
                        "The folder of the PostgreSQL server programs that drills start; those installed on this machine.")
        Optional<Path> drillPrograms,

        @Setting(doc = "How log lines look: text or json; text on a terminal, else json.")
        Optional<LogFormat> log) {

    /** The name of the refusal of injected faults. */
    public static final String FAULTS = "faults";

    /** The name of the refusal of migrations without a proven backup. */
    public static final String UNPROVEN = "unproven-migration";

    /**
     * The shop's database.
     *
     * @param url a PostgreSQL JDBC URL
     * @param user its user
     * @param password the user's password
     */
    public record Db(
            @Setting(doc = "A PostgreSQL JDBC URL; an H2 file in SHOP_DATA.")
            Optional<String> url,

            @Setting(doc = "The database user.") Optional<String> user,
            @Setting(doc = "The database user's password.") Optional<Secret> password) {}

    /**
     * A second place for backups: all of it, or none.
     *
     * @param endpoint the service
     * @param bucket the bucket
     * @param region where it lies
     * @param accessKey who asks
     * @param secretKey proves it
     */
    public record S3(
            @Setting(doc = "Backups go to this S3 service as well; needs the others of SHOP_S3 but the region.")
            URI endpoint,

            @Setting(doc = "The bucket.") String bucket,

            @Setting(doc = "The bucket's region, where the service has any.")
            Optional<String> region,

            @Setting(doc = "The access key.") String accessKey,
            @Setting(doc = "The secret key.") Secret secretKey) {}

    /**
     * The first administrator.
     *
     * @param email the account's address
     * @param password its password
     */
    public record Admin(
            @Setting(doc = "Creates this administrator at start if missing.")
            Optional<String> email,

            @Setting(doc = "The administrator's first password.")
            Optional<Secret> password) {}

    /**
     * How long sessions live.
     *
     * @param idle unused
     * @param absolute at most
     */
    public record Session(
            @Setting(byDefault = "30m", min = "1s", max = "30d", doc = "How long an unused session lives.")
            Duration idle,

            @Setting(byDefault = "12h", min = "1s", max = "90d", doc = "How long a session lives at most.")
            Duration absolute) {}

    /** How log lines look. */
    public enum LogFormat {
        /** For people. */
        TEXT,
        /** One object a line. */
        JSON
    }

    /** Binds and judges these settings. */
    public static Config<ShopConfig> definition() {
        return Config.builder("SHOP", ShopConfig.class)
                .parser(Cidr.class, Cidr::of)
                .parser(ClientAddress.Header.class, ClientAddress.Header::of)
                .refusal(
                        "backup-key-file.beside",
                        "must not lie beside the backups it encrypts",
                        ShopConfig::keyLiesBesideBackups)
                .permission(FAULTS, "must not be injected")
                .permission(UNPROVEN, "must not run before a fresh backup has passed a drill")
                .build();
    }

    /** Whether development's own endpoints and values are in order. */
    public boolean isDevelopment() {
        return profile == Profile.DEVELOPMENT;
    }

    /** The folder of the backups. */
    public Path backups() {
        return backupDir.orElseGet(() -> data.resolve("backups"));
    }

    /** The key of the backups. */
    public Path backupKey() {
        return backupKeyFile.orElseGet(() -> data.resolve("keys/backup.key"));
    }

    /** The file of attestations and deferrals, whether it exists or not. */
    public Path signOffFile() {
        return signoffs.orElseGet(
                () -> data.toAbsolutePath().normalize().resolveSibling("readiness-signoffs.properties"));
    }

    /** How the world reaches a shop that listens on {@code listening}. */
    public URI publicUrl(int listening) {
        return publicUrl.orElseGet(() -> URI.create("http://localhost:" + listening));
    }

    /** Where the providers are that are not to be started here. */
    public Providers.Urls providers() {
        return new Providers.Urls(paymentsUrl, searchUrl, mailUrl);
    }

    private static boolean keyLiesBesideBackups(ShopConfig settings) {
        Path key = settings.backupKey().toAbsolutePath().normalize();
        Path backups = settings.backups().toAbsolutePath().normalize();
        Path data = settings.data().toAbsolutePath().normalize();
        return key.startsWith(backups)
                || Objects.equals(key.getParent(), backups.getParent())
                || (key.startsWith(data) && backups.startsWith(data));
    }
}
