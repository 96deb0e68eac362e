// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.http.Route.delete;
import static dev.gatehouse.http.Route.get;
import static dev.gatehouse.http.Route.post;
import static dev.gatehouse.http.Route.put;

import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.page.PageRoutes;
import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import dev.gatehouse.http.Routes;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything the shop serves, and what protects it: who may, which limits, what it costs, which journey it belongs to.
 * What is not in this table is refused.
 */
final class ShopRoutes {

    private static final Access ANYONE = Access.anyone();
    private static final Access SIGNED_IN = Access.signedIn();
    private static final Access RECENT = Access.signedIn().withRecentSignIn();
    private static final Access OPERATOR = Access.permission(ShopRoles.OPERATE).withFactor();
    private static final Access SUPPORTER = Access.permission(ShopRoles.SUPPORT).withFactor();
    private static final Access ADMINISTRATOR =
            Access.permission(ShopRoles.ADMINISTER).withFactor();

    // Accounts
    static final Route REGISTER =
            post("/api/accounts").access(ANYONE).limitGroup("registration").flow("register");
    static final Route VERIFY =
            post("/api/accounts/verify").access(ANYONE).limitGroup("token").flow("register");
    static final Route VERIFY_REQUEST = post("/api/accounts/verify-request")
            .access(ANYONE)
            .limitGroup("mail")
            .flow("register");
    static final Route LOGIN =
            post("/api/login").access(ANYONE).limitGroup("login").flow("sign-in");
    static final Route LOGIN_FACTOR =
            post("/api/login/factor").access(ANYONE).limitGroup("factor").flow("sign-in");
    static final Route LOGOUT = post("/api/logout").access(ANYONE).limitGroup("session");
    static final Route REFRESH = post("/api/session/refresh").access(ANYONE).limitGroup("session");
    static final Route SESSION = get("/api/session").access(SIGNED_IN);
    static final Route SESSIONS = get("/api/sessions").access(SIGNED_IN);
    static final Route SESSION_END = delete("/api/sessions/{id}").access(SIGNED_IN);
    static final Route SESSIONS_END = delete("/api/sessions").access(SIGNED_IN);
    static final Route RESET_REQUEST = post("/api/password/reset-request")
            .access(ANYONE)
            .limitGroup("mail")
            .flow("reset");
    static final Route RESET =
            post("/api/password/reset").access(ANYONE).limitGroup("token").flow("reset");
    static final Route PASSWORD_CHANGE = post("/api/password/change").access(SIGNED_IN);
    static final Route EMAIL_CHANGE = post("/api/email/change").access(SIGNED_IN);
    static final Route EMAIL_CONFIRM = post("/api/email/confirm").access(ANYONE).limitGroup("token");
    static final Route TOTP_ENROL = post("/api/factors/totp").access(RECENT);
    static final Route TOTP_CONFIRM = post("/api/factors/totp/confirm").access(SIGNED_IN);
    static final Route TOTP_REMOVE = delete("/api/factors/totp").access(SIGNED_IN);
    static final Route RECOVERY_CODES = post("/api/factors/recovery-codes").access(SIGNED_IN);
    static final Route KEY_CREATE = post("/api/keys").access(SIGNED_IN);
    static final Route KEYS = get("/api/keys").access(SIGNED_IN);
    static final Route KEY_END = delete("/api/keys/{id}").access(SIGNED_IN);
    static final Route ROLES = put("/api/accounts/{id}/roles").access(ADMINISTRATOR);
    static final Route STATUS = put("/api/accounts/{id}/status").access(ADMINISTRATOR);

    // Shopping
    static final Route PRODUCTS = get("/api/products").access(ANYONE).flow("browse");
    static final Route ORDER =
            post("/api/orders").access(SIGNED_IN.orKey("orders:write")).flow("checkout");
    static final Route ORDERS = get("/api/orders").access(SIGNED_IN.orKey("orders:read"));
    static final Route ORDERS_EXPORT =
            get("/api/orders/export").access(SIGNED_IN.orKey("orders:read")).cost(20);
    static final Route ORDER_BY_ID = get("/api/orders/{id}").access(SIGNED_IN.orKey("orders:read"));
    static final Route LIMITS = get("/api/limits").access(SIGNED_IN);
    static final Route LIMIT_REQUEST = post("/api/limits/requests").access(SIGNED_IN);
    static final Route CLIENT_ERRORS =
            post("/client-errors").access(ANYONE).limitGroup("reports").bodyLimit(16 * 1024);

    // Running it
    static final Route LIVE = get("/health/live").access(ANYONE).limitGroup("probes");
    static final Route READY = get("/health/ready").access(ANYONE).limitGroup("probes");
    static final Route METRICS = get("/metrics").access(ANYONE).limitGroup("probes");
    static final Route OPS = get("/ops").access(OPERATOR);
    static final Route PANEL_ACTION = post("/ops/panels/{panel}/{action}").access(OPERATOR);
    static final Route SUPPORT_CONSOLE = get("/support").access(SUPPORTER);
    static final Route READINESS = get("/ops/readiness").access(OPERATOR).deadline(Duration.ofSeconds(30));
    static final Route READINESS_REPORT =
            get("/ops/readiness/report").access(ANYONE).limitGroup("probes").deadline(Duration.ofSeconds(30));
    static final Route FAULTS = get("/ops/faults").access(OPERATOR);
    static final Route FAULT_ADD = post("/ops/faults").access(OPERATOR);
    static final Route FAULTS_END = delete("/ops/faults").access(OPERATOR);
    static final Route GAME_DAYS = get("/ops/game-days").access(OPERATOR);
    static final Route GAME_DAY_PLAY = post("/ops/game-days").access(OPERATOR);
    static final Route LIMIT_REQUESTS = get("/ops/limits/requests").access(OPERATOR);
    static final Route LIMIT_DECISION = post("/ops/limits/requests/{id}").access(OPERATOR);
    static final Route FEATURES = get("/ops/features").access(OPERATOR);
    static final Route FEATURE_SWITCH = post("/ops/features/{name}").access(OPERATOR);
    static final Route BACK_UP = post("/ops/backups").access(OPERATOR);
    static final Route DRILL = post("/ops/drills").access(OPERATOR);
    static final Route BACKUPS = get("/ops/backups").access(OPERATOR);
    static final Route BACKUP_BY_ID = get("/ops/backups/{id}").access(OPERATOR);
    static final Route RETENTION_PLAN = get("/ops/retention").access(OPERATOR);
    static final Route RETENTION_APPROVAL = post("/ops/retention").access(ADMINISTRATOR);
    static final Route RETENTION_SPARE = post("/ops/retention/{backup}").access(OPERATOR);
    static final Route RUNBOOK = get("/ops/runbook").access(OPERATOR);
    static final Route AUDIT = get("/api/audit").access(SIGNED_IN.orKey("audit:read"));

    // Development only
    static final Route MAILBOX = get("/dev/mailbox").access(ANYONE).limitGroup("development");
    static final Route LEDGER = get("/dev/payments").access(ANYONE).limitGroup("development");
    static final Route TRACE_TEST =
            post("/test").access(ANYONE).limitGroup("trace-test").deadline(Duration.ofSeconds(30));

    private static final List<Route> ACCOUNTS = List.of(
            REGISTER,
            VERIFY,
            VERIFY_REQUEST,
            LOGIN,
            LOGIN_FACTOR,
            LOGOUT,
            REFRESH,
            SESSION,
            SESSIONS,
            SESSION_END,
            SESSIONS_END,
            RESET_REQUEST,
            RESET,
            PASSWORD_CHANGE,
            EMAIL_CHANGE,
            EMAIL_CONFIRM,
            TOTP_ENROL,
            TOTP_CONFIRM,
            TOTP_REMOVE,
            RECOVERY_CODES,
            KEY_CREATE,
            KEYS,
            KEY_END,
            ROLES,
            STATUS);
    private static final List<Route> SHOPPING =
            List.of(PRODUCTS, ORDER, ORDERS, ORDERS_EXPORT, ORDER_BY_ID, LIMITS, LIMIT_REQUEST, CLIENT_ERRORS);
    private static final List<Route> OPERATIONS = List.of(
            LIVE,
            READY,
            METRICS,
            OPS,
            PANEL_ACTION,
            SUPPORT_CONSOLE,
            READINESS,
            READINESS_REPORT,
            FAULTS,
            FAULT_ADD,
            FAULTS_END,
            GAME_DAYS,
            GAME_DAY_PLAY,
            LIMIT_REQUESTS,
            LIMIT_DECISION,
            FEATURES,
            FEATURE_SWITCH,
            BACK_UP,
            DRILL,
            BACKUPS,
            BACKUP_BY_ID,
            RETENTION_PLAN,
            RETENTION_APPROVAL,
            RETENTION_SPARE,
            RUNBOOK,
            AUDIT);
    private static final List<Route> DEVELOPMENT = List.of(MAILBOX, LEDGER, TRACE_TEST);

    private ShopRoutes() {}

    /** The whole table; development's own routes only when asked for, and otherwise they do not exist. */
    static Routes table(boolean development) {
        List<Route> extra = development ? DEVELOPMENT : List.of();
        return Routes.of(Stream.of(ACCOUNTS, SHOPPING, OPERATIONS, extra, PageRoutes.all())
                .flatMap(List::stream)
                .toList());
    }
}
