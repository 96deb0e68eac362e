// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.examples.shop.web.Handlers;

/** Which handler serves which page. */
public final class PageHandlers {

    private PageHandlers() {}

    /** Adds every page to {@code handlers}. */
    public static void addTo(Handlers.Builder handlers, Desk desk, Shelves shelves, Pages pages) {
        Auth auth = desk.auth();
        handlers.on(PageRoutes.CSS, Assets.css()).on(PageRoutes.SCRIPT, Assets.script());
        shopping(handlers, new ShoppingPages(shelves, pages));
        registration(handlers, new RegistrationPages(auth, desk.mailLimit(), pages));
        signIn(handlers, new SignInPages(auth, pages));
        reset(handlers, new ResetPages(auth, desk.mailLimit(), pages));
        unlock(handlers, new UnlockPages(auth, desk.mailLimit(), pages));
        handlers.on(PageRoutes.ACCOUNT, new AccountPages(pages)::account);
        password(handlers, new PasswordPages(auth, pages));
        email(handlers, new EmailPages(auth, desk.mailLimit(), pages));
        keys(handlers, new KeyPages(auth, pages));
        devices(handlers, new DevicePages(auth, pages));
        factor(handlers, new FactorPages(auth, pages));
        limits(handlers, new LimitPages(desk.limits(), desk.higher(), pages));
    }

    private static void shopping(Handlers.Builder handlers, ShoppingPages shopping) {
        handlers.on(PageRoutes.HOME, shopping::home)
                .on(PageRoutes.BUY, shopping::buy)
                .on(PageRoutes.ORDERS, shopping::orders)
                .on(PageRoutes.ORDER, shopping::order);
    }

    private static void registration(Handlers.Builder handlers, RegistrationPages registration) {
        handlers.on(PageRoutes.REGISTER_FORM, registration::form)
                .on(PageRoutes.REGISTER, registration::register)
                .on(PageRoutes.VERIFY_FORM, registration::verifyForm)
                .on(PageRoutes.VERIFY, registration::verify)
                .on(PageRoutes.VERIFY_AGAIN_FORM, registration::againForm)
                .on(PageRoutes.VERIFY_AGAIN, registration::again);
    }

    private static void signIn(Handlers.Builder handlers, SignInPages signIn) {
        handlers.on(PageRoutes.SIGN_IN_FORM, signIn::form)
                .on(PageRoutes.SIGN_IN, signIn::signIn)
                .on(PageRoutes.SIGN_IN_FACTOR, signIn::factor)
                .on(PageRoutes.SIGN_OUT, signIn::signOut);
    }

    private static void devices(Handlers.Builder handlers, DevicePages devices) {
        handlers.on(PageRoutes.DEVICES, devices::list)
                .on(PageRoutes.DEVICE_END, devices::end)
                .on(PageRoutes.DEVICES_END, devices::endOthers);
    }

    private static void factor(Handlers.Builder handlers, FactorPages factor) {
        handlers.on(PageRoutes.FACTOR, factor::overview)
                .on(PageRoutes.ENROL, factor::enrol)
                .on(PageRoutes.CONFIRM, factor::confirm)
                .on(PageRoutes.FACTOR_USE, factor::use)
                .on(PageRoutes.FACTOR_CODES, factor::renewCodes)
                .on(PageRoutes.FACTOR_REMOVE, factor::remove);
    }

    private static void reset(Handlers.Builder handlers, ResetPages reset) {
        handlers.on(PageRoutes.RESET_REQUEST_FORM, reset::askForm)
                .on(PageRoutes.RESET_REQUEST, reset::ask)
                .on(PageRoutes.RESET_FORM, reset::form)
                .on(PageRoutes.RESET, reset::reset);
    }

    private static void unlock(Handlers.Builder handlers, UnlockPages unlock) {
        handlers.on(PageRoutes.UNLOCK_FORM, unlock::form)
                .on(PageRoutes.UNLOCK_REQUEST, unlock::request)
                .on(PageRoutes.UNLOCK, unlock::unlock);
    }

    private static void password(Handlers.Builder handlers, PasswordPages password) {
        handlers.on(PageRoutes.PASSWORD_FORM, password::form)
                .on(PageRoutes.PASSWORD, password::change)
                .on(PageRoutes.AGAIN_FORM, password::againForm)
                .on(PageRoutes.AGAIN, password::again);
    }

    private static void email(Handlers.Builder handlers, EmailPages email) {
        handlers.on(PageRoutes.EMAIL_FORM, email::form)
                .on(PageRoutes.EMAIL, email::change)
                .on(PageRoutes.EMAIL_CONFIRM_FORM, email::confirmForm)
                .on(PageRoutes.EMAIL_CONFIRM, email::confirm)
                .on(PageRoutes.EMAIL_REVERT_FORM, email::revertForm)
                .on(PageRoutes.EMAIL_REVERT, email::revert);
    }

    private static void keys(Handlers.Builder handlers, KeyPages keys) {
        handlers.on(PageRoutes.KEYS, keys::list)
                .on(PageRoutes.KEY_CREATE, keys::create)
                .on(PageRoutes.KEY_END, keys::end);
    }

    private static void limits(Handlers.Builder handlers, LimitPages limits) {
        handlers.on(PageRoutes.LIMITS, limits::limits).on(PageRoutes.LIMIT_REQUEST, limits::ask);
    }
}
