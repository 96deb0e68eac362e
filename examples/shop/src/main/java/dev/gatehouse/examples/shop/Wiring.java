// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.Gate;
import dev.gatehouse.Gatehouse;
import dev.gatehouse.HealthReport;
import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.AuthGate;
import dev.gatehouse.auth.session.SessionNews;
import dev.gatehouse.auth.session.postgresql.PostgresqlNews;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.backup.BackupGate;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.guard.DestructiveGuard;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.schedule.RunLease;
import dev.gatehouse.backup.schedule.Schedule;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.config.Loaded;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.account.AuthMails;
import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.catalogue.Catalogue;
import dev.gatehouse.examples.shop.catalogue.ProductSearch;
import dev.gatehouse.examples.shop.catalogue.SwitchedSearch;
import dev.gatehouse.examples.shop.config.RootSecret;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.db.Database;
import dev.gatehouse.examples.shop.db.FaultyDataSource;
import dev.gatehouse.examples.shop.db.HikariView;
import dev.gatehouse.examples.shop.db.MigrationGuard;
import dev.gatehouse.examples.shop.drill.ShopProbe;
import dev.gatehouse.examples.shop.gameday.ShopGameDays;
import dev.gatehouse.examples.shop.gameday.TrialMails;
import dev.gatehouse.examples.shop.gameday.TrialOrders;
import dev.gatehouse.examples.shop.mail.Mail;
import dev.gatehouse.examples.shop.ops.OperatorTicket;
import dev.gatehouse.examples.shop.order.Checkout;
import dev.gatehouse.examples.shop.order.OrderStore;
import dev.gatehouse.examples.shop.order.Payments;
import dev.gatehouse.examples.shop.order.SwitchedPayments;
import dev.gatehouse.examples.shop.page.Pages;
import dev.gatehouse.examples.shop.page.ShopProblems;
import dev.gatehouse.examples.shop.provider.Providers;
import dev.gatehouse.http.ClientAddress;
import dev.gatehouse.http.PipelineSettings;
import dev.gatehouse.http.Routes;
import dev.gatehouse.jdbc.Schema;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.observability.Observability;
import dev.gatehouse.observability.ObservabilityGate;
import dev.gatehouse.observability.audit.AuditLog;
import dev.gatehouse.observability.log.Logging;
import dev.gatehouse.observability.sql.SqlWatch;
import dev.gatehouse.ratelimit.LimitStore;
import dev.gatehouse.ratelimit.RateLimitGate;
import dev.gatehouse.ratelimit.RateLimits;
import dev.gatehouse.ratelimit.StandardLimits;
import dev.gatehouse.ratelimit.higher.HigherLimitStore;
import dev.gatehouse.ratelimit.higher.HigherLimits;
import dev.gatehouse.ratelimit.higher.HigherLimitsGate;
import dev.gatehouse.readiness.SettingsChecks;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.resilience.feature.FeatureStore;
import dev.gatehouse.resilience.feature.Features;
import dev.gatehouse.resilience.feature.FeaturesGate;
import dev.gatehouse.resilience.gameday.GameDayResults;
import dev.gatehouse.resilience.gameday.GameDays;
import dev.gatehouse.resilience.queue.JobPolicy;
import dev.gatehouse.resilience.queue.JobQueue;
import dev.gatehouse.resilience.queue.JobResult;
import dev.gatehouse.resilience.queue.JobRun;
import dev.gatehouse.resilience.queue.QueueGate;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Every gate, wired: the file to copy. Read it from top to bottom; nothing is configured anywhere else. */
final class Wiring {

    final ShopConfig config;
    final Routes routes;
    final HikariDataSource pool;
    final Faults faults;
    final Observability observability;
    final Auth auth;
    final HigherLimits higherLimits;
    final Optional<LimitStore> sharedLimits;
    final RateLimits limits;
    final Catalogue catalogue = Catalogue.cornerShop();
    final Outbound outbound;
    final Features features;
    final ProductSearch search;
    final OrderStore orders;
    final JobQueue queue;
    final Checkout checkout;
    final GameDays gameDays;
    final DestructiveGuard guard;
    final Backups backups;
    final Pages pages;
    final ShopProblems problems;
    final Gatehouse house;
    final OperatorTicket tickets;

    // An outage of a day is borne; after a short one, work goes on within seconds.
    private static final JobPolicy PATIENT = JobPolicy.standard()
            .attempts(20_000)
            .maxAge(Duration.ofDays(3))
            .backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

    private final InstantSource clock = InstantSource.system();
    private final SecureRandom random = new SecureRandom();

    Wiring(Loaded<ShopConfig> loaded, URI publicUrl, int port, Logging logs) throws IOException {
        config = loaded.settings();
        routes = ShopRoutes.table(config.isDevelopment());

        // The database: opened, and migrated in one explicit call.
        pool = Database.open(config.db(), config.data());
        Schema[] schemas = {
            AuditLog.schema(),
            AuthStore.SCHEMA,
            HigherLimitStore.SCHEMA,
            FeatureStore.SCHEMA,
            JobQueue.SCHEMA,
            RunLease.SCHEMA,
            ShopSchema.SCHEMA
        };
        // region guard
        guard = ShopBackups.guard(loaded, AuditLog.jdbc(pool, clock, random));
        if (config.isDevelopment()) {
            Migrations.migrate(pool, schemas);
        } else {
            Migrations.migrate(pool, MigrationGuard.of(guard, pool, schemas), schemas);
        }
        // endregion
        // region sql-watch
        SqlWatch sql = SqlWatch.slowFrom(Duration.ofMillis(200)).build();
        DataSource watched = sql.wrap("shop", pool, Optional.of(new HikariView(pool)));
        // endregion
        DataSource database = new FaultyDataSource(watched, this::strikeDatabase);

        // Observability: meters, golden signals, the audit log. First, for the others report to it.
        observability = Observability.builder()
                .service("corner-shop")
                .dataSource(database)
                .logging(logs)
                .sql(sql)
                .health(this::health)
                .clock(clock)
                .build();
        // Faults on purpose: in development, and in production only by name. Their audit is spared the faults.
        faults = Faults.allowedIf(loaded.allows(ShopConfig.FAULTS))
                .dependencies("payments", "search", "mail", "database")
                .audit(AuditLog.jdbc(watched, clock, random))
                .changes(observability.changes())
                .meters(observability.meters())
                .clock(clock)
                .build();

        // The root secret: given, or made at first start and kept.
        Secret secret = config.secret().orElseGet(() -> RootSecret.keptIn(config.data(), random));
        tickets = new OperatorTicket(secret, clock);

        // The providers, each behind a guard of its own.
        Providers providers = new Providers(config.providers(), config.data(), catalogue, clock);
        outbound = new Outbound(providers, faults, observability.meters(), config.data());

        // What can wait: mails, and charges that their request did not make. Several shops share the queue; each does
        // its
        // own first, for in development each has providers of its own.
        // region queue
        queue = JobQueue.builder(database)
                .handle(Mail.KIND, this::deliver, PATIENT.timeout(Duration.ofSeconds(20)))
                .handle(Checkout.CHARGE, this::charge, PATIENT.timeout(Duration.ofSeconds(20)))
                .preferOwn(Duration.ofSeconds(2))
                .clock(clock)
                .random(random)
                .meters(observability.meters())
                .changes(observability.changes())
                .build();
        // endregion

        // Accounts: mails leave through the queue, in the transaction of what they tell about. Their store is spared
        // the database's injected faults, so that the operator who injected them can end them.
        // region auth
        auth = Auth.builder()
                .store(AuthStore.jdbc(watched))
                .mailer(new AuthMails(queue, publicUrl))
                .audit(observability.audit())
                .secret(secret)
                .service("Corner Shop")
                .roles(ShopRoles.ALL)
                .scopes(ShopRoles.SCOPES)
                .sessionIdle(config.session().idle())
                .sessionAbsolute(config.session().absolute())
                .sessionNews(config.db().url().isPresent() ? PostgresqlNews.on(pool) : SessionNews.none())
                .clock(clock)
                .meters(observability.meters())
                .build();
        // endregion
        config.admin().email().ifPresent(this::createAdministrator);

        // Limits by address and by account, shared through Redis if there is one, and higher ones for who was granted
        // them.
        // region higher-limits
        higherLimits = HigherLimits.builder(HigherLimitStore.jdbc(database))
                .raisable(StandardLimits.ACCOUNT, 100 * StandardLimits.ACCOUNT.permits())
                .audit(observability.audit())
                .changes(observability.changes())
                .clock(clock)
                .meters(observability.meters())
                .build();
        // endregion
        sharedLimits = ShopLimits.shared(config.redisUrl(), observability.meters());
        limits = ShopLimits.of(sharedLimits, higherLimits, observability.meters());

        // What the shop offers, how each of it stands, and what customers are told. Switches are spared the faults too.
        features = ShopFeatures.of(outbound.guards(), FeatureStore.jdbc(watched), observability, clock);
        pages = new Pages(config.isDevelopment(), features);
        problems = new ShopProblems(pages);
        search = new SwitchedSearch(
                outbound.search(catalogue), catalogue, () -> features.isTurnedOff(ShopFeatures.SEARCH));
        Payments payments =
                new SwitchedPayments(outbound.payments(), () -> features.isTurnedOff(ShopFeatures.PAYMENTS));

        // Orders: durable before they are answered, charged once, by the request or by the queue.
        orders = new OrderStore(database);
        checkout = new Checkout(database, queue, observability.audit(), payments, clock);

        // Game days: the providers and the database fail on purpose, and the results are kept as evidence.
        ShopGameDays scenarios = new ShopGameDays(
                faults, new TrialOrders(checkout, orders), new TrialMails(database, queue, outbound.mail()), search);
        gameDays = GameDays.builder(faults)
                .scenarios(scenarios.all())
                .results(GameDayResults.directory(config.data().resolve("game-days")))
                .circuits(outbound.circuits())
                .clock(clock)
                .build();

        // Backups: encrypted, and drilled by opening a shop on what was restored.
        backups = backups(database, secret);

        // The house: sinks first; it starts them in this order, drains and closes in reverse.
        List<Gate> gates = new ArrayList<>(List.of(
                new ObservabilityGate(observability),
                new AuthGate(auth, routes),
                new HigherLimitsGate(higherLimits),
                new RateLimitGate(limits, routes, clock),
                outbound.gate(routes, gameDays),
                outbound.staleReads(),
                new FeaturesGate(features).announcing("Feature-Status")));
        gates.add(config.standby() ? BackupGate.watching(backups) : new BackupGate(backups));
        gates.add(new Housekeeping(checkout::forgetExpiredKeys));
        gates.add(config.jobs() ? new QueueGate(queue) : QueueGate.watching(queue));
        house = Gatehouse.builder()
                .gates(gates.toArray(Gate[]::new))
                .routes(routes)
                .pipeline(pipeline(publicUrl, port))
                .health(Database.health(database))
                .readiness(SettingsChecks.of(loaded, clock))
                .signOffs(config.signOffFile())
                .clock(clock)
                .drain(Duration.ofMillis(500), Duration.ofSeconds(10))
                .build();
    }

    private PipelineSettings pipeline(URI publicUrl, int port) {
        PipelineSettings.Builder settings = PipelineSettings.builder()
                .publicOrigin(publicUrl)
                .clientAddress(ClientAddress.trusting(config.trustedProxies(), config.forwardedHeader()))
                .problemRenderer(problems);
        if (config.isDevelopment()) {
            settings.publicOrigin(URI.create("http://localhost:" + port));
            settings.publicOrigin(URI.create("http://127.0.0.1:" + port));
        } else {
            settings.hsts(Duration.ofDays(365));
        }
        return settings.build();
    }

    private Backups backups(DataSource database, Secret secret) throws IOException {
        HighWaterMark marks = HighWaterMark.directory(ShopBackups.marks(config));
        BackupStore store = BackupPlaces.of(config, marks, observability.meters());
        // region backups
        return Backups.builder()
                .source(ShopBackups.source(config, database))
                .store(BackupStore.appendOnly(store))
                .keys(KeyProvider.file(config.backupKey()))
                .highWaterMark(marks)
                .drillProbe(new ShopProbe(Main.class, secret))
                .backUpEvery(Duration.ofDays(1))
                .drillEvery(Duration.ofDays(7))
                .verify(Schedule.cron("30 4 * * *", ZoneOffset.UTC))
                .retention(RetentionPolicy.standard(), store)
                .runbook(ShopBackups.runbook(config), config.backups())
                .guard(guard)
                .lease(config.db().url().isPresent() ? RunLease.jdbc(pool, "corner-shop") : RunLease.alone())
                .audit(observability.audit())
                .clock(clock)
                .meters(observability.meters())
                .changes(observability.changes())
                .build();
        // endregion
    }

    private void createAdministrator(String email) {
        config.admin()
                .password()
                .ifPresent(
                        password -> auth.createAdministrator(email, password, Set.of("admin", "operator", "support")));
    }

    private JobResult charge(JobRun run) throws SQLException {
        return checkout.charge(run);
    }

    /** Letters wait while an operator has turned them off. */
    private JobResult deliver(JobRun run) throws Exception {
        return features.isTurnedOff(ShopFeatures.MAIL)
                ? JobResult.later("letters are turned off by hand")
                : outbound.mail().run(run);
    }

    private HealthReport health() {
        return house.health();
    }

    private void strikeDatabase() throws Exception {
        faults.strike("database");
    }
}
