// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.drill;

import dev.gatehouse.backup.drill.BootProbe.Application;
import dev.gatehouse.backup.drill.ChildJvm;
import dev.gatehouse.examples.shop.drill.Visitor.Reply;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/** A shop that was started on a restored database, used over HTTP as customers use it. */
final class ShopInUse implements Application {

    private final ChildJvm child;
    private final URI url;
    private final Remembered remembered;

    ShopInUse(ChildJvm child, URI url, Remembered remembered) {
        this.child = child;
        this.url = url;
        this.remembered = remembered;
    }

    @Override
    public String ready() throws Exception {
        new Visitor(url).get("/health/ready").require(200);
        return "GET /health/ready answered 200";
    }

    /**
     * Somebody whom the backup knows has forgotten the password, resets it by mail, signs in, and finds the newest order.
     */
    @Override
    public String read() throws Exception {
        String email = remembered
                .email()
                .orElseThrow(() -> new IOException("the backup knows no account, so there is nobody to read as"));
        Visitor customer = new Visitor(url);
        String password = word();
        customer.post("/api/password/reset-request", Map.of("email", email)).require(202);
        customer.post("/api/password/reset", Map.of("token", customer.mailed(email), "password", password))
                .require(204);
        Reply signedIn = customer.post("/api/login", Map.of("email", email, "password", password))
                .require(200);
        if (signedIn.text("status").equals("factor-required")) {
            return "an account of the backup signed in and was asked for its second factor";
        }
        if (remembered.order().isEmpty()) {
            customer.get("/api/session").require(200);
            return "an account of the backup signed in; it has no order";
        }
        Reply order = customer.get("/api/orders/" + remembered.order().get()).require(200);
        return "an account of the backup signed in and read its order, which is " + order.text("status");
    }

    /** Somebody new registers, confirms the address, orders, pays a stand-in, and reads the order back. */
    @Override
    public String write() throws Exception {
        Visitor customer = new Visitor(url);
        Map<String, String> credentials = Map.of("email", "drill-" + word() + "@example.org", "password", word());
        customer.post("/api/accounts", credentials).require(202);
        String token = customer.mailed(String.valueOf(credentials.get("email")));
        customer.post("/api/accounts/verify", Map.of("token", token)).require(204);
        customer.post("/api/login", credentials).require(200);
        Reply placed = customer.send(
                        "POST", "/api/orders", "{\"items\":[{\"sku\":\"green-tea\",\"quantity\":1}],\"card\":\"visa\"}")
                .require(201);
        String status =
                customer.get("/api/orders/" + placed.text("id")).require(200).text("status");
        if (!status.equals("paid")) {
            throw new IOException("an order that was paid reads back as " + status);
        }
        return "somebody registered, ordered, paid and read the order back";
    }

    private static String word() {
        byte[] random = new byte[12];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public void close() {
        child.close();
    }
}
