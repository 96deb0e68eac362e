// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.provider;

import java.net.URI;

/** A provider that runs here. */
interface Provider extends AutoCloseable {

    /** Where it listens. */
    URI url();

    @Override
    void close();
}
