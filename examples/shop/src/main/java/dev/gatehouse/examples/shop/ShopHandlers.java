// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.examples.shop.account.AccountHandlers;
import dev.gatehouse.examples.shop.account.EmailHandlers;
import dev.gatehouse.examples.shop.account.FactorHandlers;
import dev.gatehouse.examples.shop.account.KeyHandlers;
import dev.gatehouse.examples.shop.account.PasswordHandlers;
import dev.gatehouse.examples.shop.account.RegistrationHandlers;
import dev.gatehouse.examples.shop.account.SessionHandlers;
import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.account.SignInHandlers;
import dev.gatehouse.examples.shop.catalogue.ProductHandlers;
import dev.gatehouse.examples.shop.ops.AuditHandler;
import dev.gatehouse.examples.shop.ops.BackupHandlers;
import dev.gatehouse.examples.shop.ops.ClientErrorHandler;
import dev.gatehouse.examples.shop.ops.ConsoleHandler;
import dev.gatehouse.examples.shop.ops.DevelopmentHandlers;
import dev.gatehouse.examples.shop.ops.FaultHandlers;
import dev.gatehouse.examples.shop.ops.FeatureHandlers;
import dev.gatehouse.examples.shop.ops.GameDayHandlers;
import dev.gatehouse.examples.shop.ops.HealthHandlers;
import dev.gatehouse.examples.shop.ops.LimitDeskHandlers;
import dev.gatehouse.examples.shop.ops.LimitHandlers;
import dev.gatehouse.examples.shop.ops.MetricsHandler;
import dev.gatehouse.examples.shop.ops.PanelActionHandler;
import dev.gatehouse.examples.shop.ops.ReadinessHandler;
import dev.gatehouse.examples.shop.ops.RetentionHandlers;
import dev.gatehouse.examples.shop.ops.TraceTestHandler;
import dev.gatehouse.examples.shop.ops.Unbuilt;
import dev.gatehouse.examples.shop.order.OrderHandlers;
import dev.gatehouse.examples.shop.page.ConsolePage;
import dev.gatehouse.examples.shop.page.Desk;
import dev.gatehouse.examples.shop.page.FeatureDeskPage;
import dev.gatehouse.examples.shop.page.LimitDeskPage;
import dev.gatehouse.examples.shop.page.MailboxPage;
import dev.gatehouse.examples.shop.page.PageHandlers;
import dev.gatehouse.examples.shop.page.RetentionPage;
import dev.gatehouse.examples.shop.page.Shelves;
import dev.gatehouse.examples.shop.web.Handlers;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Routes;
import dev.gatehouse.ratelimit.Decision;
import dev.gatehouse.ratelimit.StandardLimits;

/** Which handler serves which line of the table of routes. */
final class ShopHandlers {

    private final Wiring wiring;
    private final Handlers.Builder handlers = Handlers.builder();

    private ShopHandlers(Wiring wiring) {
        this.wiring = wiring;
    }

    static Handlers of(Wiring wiring, Routes routes) {
        ShopHandlers shop = new ShopHandlers(wiring);
        shop.accounts();
        shop.passwords();
        shop.factors();
        shop.keys();
        shop.shopping();
        shop.limits();
        shop.probes();
        shop.operations();
        shop.features();
        shop.backups();
        shop.notBuiltYet();
        if (wiring.config.isDevelopment()) {
            shop.development();
        }
        shop.pages();
        return shop.handlers.build(routes);
    }

    private void pages() {
        Shelves shelves = new Shelves(wiring.search, wiring.catalogue, wiring.checkout, wiring.orders, wiring.features);
        Desk desk = new Desk(wiring.auth, this::takeMail, wiring.limits, wiring.higherLimits);
        PageHandlers.addTo(handlers, desk, shelves, wiring.pages);
    }

    private void accounts() {
        RegistrationHandlers registration = new RegistrationHandlers(wiring.auth, this::takeMail);
        SignInHandlers signIn = new SignInHandlers(wiring.auth);
        SessionHandlers sessions = new SessionHandlers(wiring.auth);
        AccountHandlers accounts = new AccountHandlers(wiring.auth, ShopRoles.ALL.names());
        handlers.on(ShopRoutes.REGISTER, registration::register)
                .on(ShopRoutes.VERIFY, registration::verify)
                .on(ShopRoutes.VERIFY_REQUEST, registration::requestVerification)
                .on(ShopRoutes.LOGIN, signIn::login)
                .on(ShopRoutes.LOGIN_FACTOR, signIn::factor)
                .on(ShopRoutes.LOGOUT, signIn::logout)
                .on(ShopRoutes.REFRESH, signIn::refresh)
                .on(ShopRoutes.SESSION, signIn::session)
                .on(ShopRoutes.SESSIONS, sessions::list)
                .on(ShopRoutes.SESSION_END, sessions::end)
                .on(ShopRoutes.SESSIONS_END, sessions::endOthers)
                .on(ShopRoutes.ROLES, accounts::roles)
                .on(ShopRoutes.STATUS, accounts::status);
    }

    private void takeMail(String email) {
        String recipient = EmailAddress.parse(email).map(EmailAddress::key).orElse(email);
        Decision decision = wiring.limits.takeIdentifier(recipient, StandardLimits.MAIL_RECIPIENT);
        if (decision instanceof Decision.Refused refused) {
            throw new Refusal(wiring.limits.problem(refused));
        }
    }

    private void factors() {
        FactorHandlers factors = new FactorHandlers(wiring.auth);
        handlers.on(ShopRoutes.TOTP_ENROL, factors::enrol)
                .on(ShopRoutes.TOTP_CONFIRM, factors::confirm)
                .on(ShopRoutes.TOTP_REMOVE, factors::remove)
                .on(ShopRoutes.RECOVERY_CODES, factors::replaceRecoveryCodes);
    }

    private void keys() {
        KeyHandlers keys = new KeyHandlers(wiring.auth);
        handlers.on(ShopRoutes.KEY_CREATE, keys::create)
                .on(ShopRoutes.KEYS, keys::list)
                .on(ShopRoutes.KEY_END, keys::end);
    }

    private void passwords() {
        PasswordHandlers passwords = new PasswordHandlers(wiring.auth, this::takeMail);
        EmailHandlers emails = new EmailHandlers(wiring.auth, this::takeMail);
        handlers.on(ShopRoutes.RESET_REQUEST, passwords::requestReset)
                .on(ShopRoutes.RESET, passwords::reset)
                .on(ShopRoutes.PASSWORD_CHANGE, passwords::change)
                .on(ShopRoutes.EMAIL_CHANGE, emails::change)
                .on(ShopRoutes.EMAIL_CONFIRM, emails::confirm);
    }

    private void shopping() {
        OrderHandlers orders = new OrderHandlers(
                wiring.checkout,
                wiring.orders,
                wiring.catalogue,
                id -> wiring.auth.account(id).map(Account::email),
                wiring.features);
        handlers.on(ShopRoutes.PRODUCTS, new ProductHandlers(wiring.search, wiring.features)::list)
                .on(ShopRoutes.ORDER, orders::place)
                .on(ShopRoutes.ORDERS, orders::list)
                .on(ShopRoutes.ORDERS_EXPORT, orders::export)
                .on(ShopRoutes.ORDER_BY_ID, orders::one)
                .on(ShopRoutes.CLIENT_ERRORS, new ClientErrorHandler(wiring.observability.clientErrors()));
    }

    private void limits() {
        LimitHandlers limits = new LimitHandlers(wiring.limits, wiring.higherLimits);
        LimitDeskPage page = new LimitDeskPage(this::name, wiring.pages);
        LimitDeskHandlers desk = new LimitDeskHandlers(wiring.higherLimits, page);
        handlers.on(ShopRoutes.LIMITS, limits::list)
                .on(ShopRoutes.LIMIT_REQUEST, limits::request)
                .on(ShopRoutes.LIMIT_REQUESTS, desk::list)
                .on(ShopRoutes.LIMIT_DECISION, desk::decide);
    }

    private String name(String account) {
        return wiring.auth.account(account).map(Account::email).orElse(account);
    }

    private void probes() {
        HealthHandlers health = new HealthHandlers(wiring.house::liveness, wiring.house::health);
        handlers.on(ShopRoutes.LIVE, health::live)
                .on(ShopRoutes.READY, health::ready)
                .on(ShopRoutes.METRICS, new MetricsHandler(wiring.observability));
    }

    private void operations() {
        FaultHandlers faults = new FaultHandlers(wiring.faults);
        GameDayHandlers gameDays = new GameDayHandlers(wiring.gameDays);
        ReadinessHandler readiness = new ReadinessHandler(wiring.house::readiness, wiring.tickets, wiring.pages);
        ConsolePage console = new ConsolePage(wiring.pages);
        handlers.on(ShopRoutes.READINESS, readiness)
                .on(ShopRoutes.READINESS_REPORT, readiness::forCommand)
                .on(ShopRoutes.OPS, new ConsoleHandler(wiring.house::panels, console))
                .on(ShopRoutes.PANEL_ACTION, new PanelActionHandler(wiring.house::panels, console))
                .on(ShopRoutes.AUDIT, new AuditHandler(wiring.auth, wiring.observability.audit()))
                .on(ShopRoutes.FAULTS, faults::list)
                .on(ShopRoutes.FAULT_ADD, faults::add)
                .on(ShopRoutes.FAULTS_END, faults::clear)
                .on(ShopRoutes.GAME_DAYS, gameDays::list)
                .on(ShopRoutes.GAME_DAY_PLAY, gameDays::play);
    }

    private void features() {
        FeatureDeskPage page = new FeatureDeskPage(this::name, wiring.pages);
        FeatureHandlers features = new FeatureHandlers(wiring.features, page);
        handlers.on(ShopRoutes.FEATURES, features::list).on(ShopRoutes.FEATURE_SWITCH, features::change);
    }

    private void backups() {
        BackupHandlers backups = new BackupHandlers(wiring.backups);
        handlers.on(ShopRoutes.BACK_UP, backups::backUp)
                .on(ShopRoutes.DRILL, backups::drill)
                .on(ShopRoutes.BACKUPS, backups::list)
                .on(ShopRoutes.BACKUP_BY_ID, backups::one);
        RetentionHandlers retention =
                new RetentionHandlers(wiring.backups, new RetentionPage(this::name, wiring.pages));
        handlers.on(ShopRoutes.RETENTION_PLAN, retention::plan)
                .on(ShopRoutes.RETENTION_APPROVAL, retention::approve)
                .on(ShopRoutes.RETENTION_SPARE, retention::spare)
                .on(ShopRoutes.RUNBOOK, retention::runbook);
    }

    private void development() {
        DevelopmentHandlers development =
                new DevelopmentHandlers(wiring.outbound.client(), wiring.outbound.providers());
        handlers.on(ShopRoutes.MAILBOX, new MailboxPage(development::mailbox, wiring.pages))
                .on(ShopRoutes.LEDGER, development::ledger)
                .on(ShopRoutes.TRACE_TEST, new TraceTestHandler(wiring.outbound.client()));
    }

    private void notBuiltYet() {
        handlers.on(ShopRoutes.SUPPORT_CONSOLE, new Unbuilt("the support console"));
    }
}
