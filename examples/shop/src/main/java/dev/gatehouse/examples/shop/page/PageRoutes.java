// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import static dev.gatehouse.http.Route.get;
import static dev.gatehouse.http.Route.post;

import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import java.util.List;
import java.util.stream.Stream;

/** The pages' part of the table of routes: forms are sent as forms, and count against the same limits as the API. */
public final class PageRoutes {

    private static final Access ANYONE = Access.anyone();
    private static final Access SIGNED_IN = Access.signedIn();

    static final Route HOME = get("/").access(ANYONE).flow("browse");
    static final Route CSS = get("/assets/shop.css").access(ANYONE).limitGroup("assets");
    static final Route SCRIPT = get("/assets/errors.js").access(ANYONE).limitGroup("assets");

    static final Route REGISTER_FORM = get("/register").access(ANYONE);
    static final Route REGISTER =
            post("/register").access(ANYONE).limitGroup("registration").flow("register");
    static final Route VERIFY_FORM = get("/verify").access(ANYONE);
    static final Route VERIFY =
            post("/verify").access(ANYONE).limitGroup("token").flow("register");
    static final Route VERIFY_AGAIN_FORM = get("/verify/again").access(ANYONE);
    static final Route VERIFY_AGAIN =
            post("/verify/again").access(ANYONE).limitGroup("mail").flow("register");
    static final Route SIGN_IN_FORM = get("/sign-in").access(ANYONE);
    static final Route SIGN_IN =
            post("/sign-in").access(ANYONE).limitGroup("login").flow("sign-in");
    static final Route SIGN_IN_FACTOR =
            post("/sign-in/factor").access(ANYONE).limitGroup("factor").flow("sign-in");
    static final Route SIGN_OUT = post("/sign-out").access(ANYONE).limitGroup("session");

    static final Route RESET_REQUEST_FORM = get("/reset-request").access(ANYONE);
    static final Route RESET_REQUEST =
            post("/reset-request").access(ANYONE).limitGroup("mail").flow("reset");
    static final Route RESET_FORM = get("/reset").access(ANYONE);
    static final Route RESET = post("/reset").access(ANYONE).limitGroup("token").flow("reset");
    static final Route EMAIL_CONFIRM_FORM = get("/email/confirm").access(ANYONE);
    static final Route EMAIL_CONFIRM = post("/email/confirm").access(ANYONE).limitGroup("token");
    static final Route EMAIL_REVERT_FORM = get("/email/revert").access(ANYONE);
    static final Route EMAIL_REVERT = post("/email/revert").access(ANYONE).limitGroup("token");
    static final Route UNLOCK_FORM = get("/unlock").access(ANYONE);
    static final Route UNLOCK_REQUEST = post("/unlock-request").access(ANYONE).limitGroup("mail");
    static final Route UNLOCK = post("/unlock").access(ANYONE).limitGroup("token");

    static final Route BUY = post("/orders").access(SIGNED_IN).flow("checkout");
    static final Route ORDERS = get("/orders").access(SIGNED_IN);
    static final Route ORDER = get("/orders/{id}").access(SIGNED_IN);
    static final Route ACCOUNT = get("/account").access(SIGNED_IN);
    static final Route DEVICES = get("/account/devices").access(SIGNED_IN);
    static final Route DEVICE_END = post("/account/devices/{id}").access(SIGNED_IN);
    static final Route DEVICES_END = post("/account/devices").access(SIGNED_IN);
    static final Route FACTOR = get("/account/factor").access(SIGNED_IN);
    static final Route ENROL = post("/account/factor").access(Access.signedIn().withRecentSignIn());
    static final Route CONFIRM = post("/account/factor/confirm").access(SIGNED_IN);
    static final Route FACTOR_USE = post("/account/factor/use").access(SIGNED_IN);
    static final Route FACTOR_CODES = post("/account/factor/codes").access(SIGNED_IN);
    static final Route FACTOR_REMOVE = post("/account/factor/remove").access(SIGNED_IN);
    static final Route PASSWORD_FORM = get("/account/password").access(SIGNED_IN);
    static final Route PASSWORD = post("/account/password").access(SIGNED_IN);
    static final Route AGAIN_FORM = get("/account/again").access(SIGNED_IN);
    static final Route AGAIN = post("/account/again").access(SIGNED_IN);
    static final Route EMAIL_FORM = get("/account/email").access(SIGNED_IN);
    static final Route EMAIL = post("/account/email").access(SIGNED_IN);
    static final Route KEYS = get("/account/keys").access(SIGNED_IN);
    static final Route KEY_CREATE =
            post("/account/keys").access(Access.signedIn().withRecentSignIn());
    static final Route KEY_END = post("/account/keys/{id}").access(SIGNED_IN);
    static final Route LIMITS = get("/account/limits").access(SIGNED_IN);
    static final Route LIMIT_REQUEST = post("/account/limits").access(SIGNED_IN);

    private static final List<Route> SHOPPING = List.of(HOME, CSS, SCRIPT, BUY, ORDERS, ORDER);
    private static final List<Route> STRANGERS = List.of(
            REGISTER_FORM,
            REGISTER,
            VERIFY_FORM,
            VERIFY,
            VERIFY_AGAIN_FORM,
            VERIFY_AGAIN,
            SIGN_IN_FORM,
            SIGN_IN,
            SIGN_IN_FACTOR,
            SIGN_OUT,
            RESET_REQUEST_FORM,
            RESET_REQUEST,
            RESET_FORM,
            RESET,
            EMAIL_CONFIRM_FORM,
            EMAIL_CONFIRM,
            EMAIL_REVERT_FORM,
            EMAIL_REVERT,
            UNLOCK_FORM,
            UNLOCK_REQUEST,
            UNLOCK);
    private static final List<Route> ACCOUNT_PAGES = List.of(
            ACCOUNT,
            DEVICES,
            DEVICE_END,
            DEVICES_END,
            FACTOR,
            ENROL,
            CONFIRM,
            FACTOR_USE,
            FACTOR_CODES,
            FACTOR_REMOVE,
            PASSWORD_FORM,
            PASSWORD,
            AGAIN_FORM,
            AGAIN,
            EMAIL_FORM,
            EMAIL,
            KEYS,
            KEY_CREATE,
            KEY_END,
            LIMITS,
            LIMIT_REQUEST);

    private PageRoutes() {}

    /** All of them. */
    public static List<Route> all() {
        return Stream.of(SHOPPING, STRANGERS, ACCOUNT_PAGES)
                .flatMap(List::stream)
                .toList();
    }
}
