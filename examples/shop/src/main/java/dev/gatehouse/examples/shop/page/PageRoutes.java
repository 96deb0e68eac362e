// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import static dev.gatehouse.http.Route.get;
import static dev.gatehouse.http.Route.post;

import dev.gatehouse.http.Access;
import dev.gatehouse.http.Route;
import java.util.List;

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
    static final Route LIMITS = get("/account/limits").access(SIGNED_IN);
    static final Route LIMIT_REQUEST = post("/account/limits").access(SIGNED_IN);

    private PageRoutes() {}

    /** All of them. */
    public static List<Route> all() {
        return List.of(
                HOME,
                CSS,
                SCRIPT,
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
                BUY,
                ORDERS,
                ORDER,
                ACCOUNT,
                DEVICES,
                DEVICE_END,
                DEVICES_END,
                FACTOR,
                ENROL,
                CONFIRM,
                LIMITS,
                LIMIT_REQUEST);
    }
}
