// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.order;

import dev.gatehouse.jdbc.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

/** Orders in the shop's database. Thread-safe. */
public final class OrderStore {

    private static final String COLUMNS = "id, account, state, card, total, currency, created_at";

    private final Jdbi jdbi;

    /** The orders in {@code source}, whose schema is migrated. */
    public OrderStore(DataSource source) {
        // A failed statement is logged without its values: cards and accounts.
        jdbi = Jdbi.create(source)
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
    }

    void insert(Tx tx, Order order) {
        Handle handle = in(tx);
        handle.createUpdate("INSERT INTO shop_order (" + COLUMNS
                        + ") VALUES (:id, :account, :state, :card, :total, :currency, :at)")
                .bind("id", order.id())
                .bind("account", order.account())
                .bind("state", order.state().word())
                .bind("card", order.card())
                .bind("total", order.total())
                .bind("currency", order.currency())
                .bind("at", order.createdAt().atOffset(ZoneOffset.UTC))
                .execute();
        insertLines(handle, order);
    }

    private static void insertLines(Handle handle, Order order) {
        PreparedBatch batch = handle.prepareBatch(
                "INSERT INTO shop_order_line (order_id, line, sku, quantity, price) VALUES (?, ?, ?, ?, ?)");
        int number = 0;
        for (Order.Line line : order.lines()) {
            batch.add(order.id(), number++, line.sku(), line.quantity(), line.price());
        }
        batch.execute();
    }

    /** Moves a pending order to its final state; false when something else was faster. */
    boolean settle(Tx tx, String id, OrderState state) {
        return in(tx).createUpdate("UPDATE shop_order SET state = :state WHERE id = :id AND state = :pending")
                        .bind("state", state.word())
                        .bind("id", id)
                        .bind("pending", OrderState.PAYMENT_PENDING.word())
                        .execute()
                == 1;
    }

    OrderState state(Tx tx, String id) {
        return OrderState.of(in(tx).createQuery("SELECT state FROM shop_order WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
    }

    /** The order of this ID, whosever it is. */
    Optional<Order> find(String id) {
        return jdbi
                .withHandle(handle -> complete(
                        handle,
                        handle.createQuery("SELECT " + COLUMNS + " FROM shop_order WHERE id = :id")
                                .bind("id", id)
                                .map((row, context) -> bare(row))
                                .list()))
                .stream()
                .findFirst();
    }

    /** The order of this ID if it is {@code account}'s own. */
    public Optional<Order> find(String account, String id) {
        return find(id).filter(order -> order.account().equals(account));
    }

    /** The newest {@code limit} orders of {@code account}, newest first. */
    public List<Order> newest(String account, int limit) {
        return jdbi.withHandle(handle -> complete(
                handle,
                handle.createQuery(
                                "SELECT " + COLUMNS
                                        + " FROM shop_order WHERE account = :account ORDER BY created_at DESC, id DESC LIMIT :limit")
                        .bind("account", account)
                        .bind("limit", limit)
                        .map((row, context) -> bare(row))
                        .list()));
    }

    private static Order bare(ResultSet row) throws SQLException {
        return new Order(
                row.getString("id"),
                row.getString("account"),
                OrderState.of(row.getString("state")),
                row.getString("card"),
                row.getLong("total"),
                row.getString("currency"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                List.of());
    }

    private static List<Order> complete(Handle handle, List<Order> bare) {
        Map<String, List<Order.Line>> lines =
                lines(handle, bare.stream().map(Order::id).toList());
        return bare.stream()
                .map(order -> order.of(lines.getOrDefault(order.id(), List.of())))
                .toList();
    }

    private record Owned(String order, Order.Line line) {}

    private static Map<String, List<Order.Line>> lines(Handle handle, List<String> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        return handle
                .createQuery("SELECT order_id, sku, quantity, price FROM shop_order_line WHERE order_id IN (<orders>)"
                        + " ORDER BY order_id, line")
                .bindList("orders", orders)
                .map((row, context) -> new Owned(
                        row.getString("order_id"),
                        new Order.Line(row.getString("sku"), row.getInt("quantity"), row.getLong("price"))))
                .stream()
                .collect(Collectors.groupingBy(
                        Owned::order, Collectors.mapping(Owned::line, Collectors.toUnmodifiableList())));
    }

    private static Handle in(Tx tx) {
        return Jdbi.open(tx.connection())
                .configure(StatementExceptions.class, told -> told.setMessageRendering(MessageRendering.NONE));
    }
}
