// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.session.Session;
import dev.gatehouse.examples.shop.catalogue.Catalogue;
import dev.gatehouse.examples.shop.catalogue.Product;
import dev.gatehouse.examples.shop.catalogue.ProductHandlers;
import dev.gatehouse.examples.shop.catalogue.ProductSearch;
import dev.gatehouse.examples.shop.order.Basket;
import dev.gatehouse.examples.shop.order.Checkout;
import dev.gatehouse.examples.shop.order.Customer;
import dev.gatehouse.examples.shop.order.Order;
import dev.gatehouse.examples.shop.order.OrderHandlers;
import dev.gatehouse.examples.shop.order.OrderState;
import dev.gatehouse.examples.shop.order.OrderStore;
import dev.gatehouse.examples.shop.order.Placement;
import dev.gatehouse.examples.shop.order.RequestKey;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import dev.gatehouse.resilience.feature.Features;
import dev.gatehouse.resilience.feature.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Browsing and buying by hand. Each form carries a key of its own, so that pressing twice buys once. */
final class ShoppingPages {

    private static final int LISTED = 100;

    private final ProductSearch search;
    private final Catalogue catalogue;
    private final Checkout checkout;
    private final OrderStore orders;
    private final Features features;
    private final Pages pages;
    private final SecureRandom random = new SecureRandom();

    ShoppingPages(Shelves shelves, Pages pages) {
        this.search = shelves.search();
        this.catalogue = shelves.catalogue();
        this.checkout = shelves.checkout();
        this.orders = shelves.orders();
        this.features = shelves.features();
        this.pages = pages;
    }

    Answer home(Call call) {
        String query = call.query("q").orElse("").strip();
        ProductSearch.Found found = search.find(query.substring(0, Math.min(100, query.length())));
        Map<String, Object> values = Map.of(
                "q",
                query,
                "items",
                found.products().stream().map(this::item).toList(),
                "open",
                !features.isTurnedOff("checkout"),
                "searchNotice",
                ProductHandlers.notice(features, found).map(Notice::sentence).orElse(""));
        return pages.page(call.exchange(), "products", "What we have", values);
    }

    private Map<String, String> item(Product product) {
        byte[] once = new byte[16];
        random.nextBytes(once);
        return Map.of(
                "sku", product.sku(),
                "name", product.name(),
                "price", money(product.price(), product.currency()),
                "once", HexFormat.of().formatHex(once));
    }

    Answer buy(Call call) throws IOException, SQLException {
        OrderHandlers.refuseWhileOff(features);
        Call.Form form = call.form();
        String sku = form.field("sku").orElse("");
        String quantity = form.field("quantity").orElse("");
        Session session = call.session();
        RequestKey key = RequestKey.of(
                form.field("once").filter(RequestKey::isValid).orElseThrow(() -> invalid("The form is incomplete.")),
                (sku + " " + quantity).getBytes(StandardCharsets.UTF_8));
        Placement placement = checkout.place(
                new Customer(session.account(), session.email()), basket(sku, quantity), Optional.of(key));
        if (placement instanceof Placement.Placed placed) {
            return Answer.seeOther("/orders/" + placed.order());
        }
        throw Refusal.of(409, "Sent twice", "This form was sent before. Look at your orders before you try again.");
    }

    private Basket basket(String sku, String quantity) {
        Product product = catalogue.find(sku).orElseThrow(() -> invalid("We do not sell that."));
        if (!quantity.matches("[1-9][0-9]?")) {
            throw invalid("The quantity must be 1 to 99.");
        }
        return new Basket(List.of(new Order.Line(sku, Integer.parseInt(quantity), product.price())), "visa");
    }

    private static Refusal invalid(String detail) {
        return Refusal.of(422, "That does not work", detail);
    }

    Answer orders(Call call) {
        List<Map<String, Object>> rows =
                orders.newest(call.account(), LISTED).stream().map(this::row).toList();
        return pages.page(
                call.exchange(), "orders", "Your orders", Map.of("orders", rows, "hasOrders", !rows.isEmpty()));
    }

    Answer order(Call call) {
        Order order = orders.find(call.account(), call.exchange().pathVariable("id"))
                .orElseThrow(() -> new Refusal(Problems.notFound()));
        Map<String, Object> values = new HashMap<>(row(order));
        if (order.state() == OrderState.PAYMENT_PENDING) {
            values.put("notice", OrderHandlers.pending(features));
        }
        return pages.page(call.exchange(), "order", "Order " + order.id(), values);
    }

    private Map<String, Object> row(Order order) {
        return Map.of(
                "id", order.id(),
                "placed", order.createdAt(),
                "status", order.state().word().replace('-', ' '),
                "total", money(order.total(), order.currency()),
                "lines", order.lines().stream().map(line -> line(order, line)).toList());
    }

    private Map<String, String> line(Order order, Order.Line line) {
        return Map.of(
                "name", catalogue.find(line.sku()).map(Product::name).orElse(line.sku()),
                "quantity", Integer.toString(line.quantity()),
                "price", money(line.price(), order.currency()));
    }

    private static String money(long cents, String currency) {
        return String.format(Locale.ROOT, "%d.%02d %s", cents / 100, cents % 100, currency);
    }
}
