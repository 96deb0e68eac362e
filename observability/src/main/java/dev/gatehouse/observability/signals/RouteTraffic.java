// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.signals;

import java.time.Duration;

/**
 * What one route has served since the start.
 *
 * @param method the route's method
 * @param route the route's template
 * @param requests how many requests
 * @param errors how many of them ended with a status of 500 or above
 * @param mean their mean duration
 * @param max the longest of the last few minutes
 */
public record RouteTraffic(String method, String route, long requests, long errors, Duration mean, Duration max) {}
