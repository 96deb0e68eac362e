// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.OutputStream;
import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.slf4j.LoggerFactory;

/** An S3 server in memory, in a process of its own; ends when nobody holds its standard input any more. */
public final class S3ProxyMain {

    private S3ProxyMain() {}

    /** Arguments: the access key and the secret key. */
    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        S3Proxy server = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, arguments[0], arguments[1])
                .endpoint(URI.create("http://127.0.0.1:0"))
                .jettyMaxThreads(20)
                .build();
        server.start();
        System.out.println(server.getPort());
        System.out.flush();
        // Ends when whoever started this does.
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }
}
