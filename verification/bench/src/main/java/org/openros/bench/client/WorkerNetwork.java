// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.openros.link.LinkChannels;

/**
 * Connections whose messages go through a {@link WorkerBridge}. Each has a socket too, for its event loop and its life;
 * nothing is sent on it. Thread-safe.
 */
final class WorkerNetwork implements AutoCloseable {
    private final WorkerLink link;
    private final LinkChannels channels = new LinkChannels();
    private final RealmRights rights;
    private final MultiThreadIoEventLoopGroup loops;
    private final Channel nothing;

    WorkerNetwork(WorkerLink link, String app, int threads) {
        this.link = link;
        this.rights = new RealmRights(link, app);
        this.loops = new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
        this.nothing = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        // It only holds the other end.
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    void connect(String token, SyncConnection connection) {
        new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new WorkerBridge(link, channels, rights, token), connection);
                    }
                })
                .connect(nothing.localAddress())
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        connection.fail(done.cause());
                    }
                });
    }

    @Override
    public void close() {
        nothing.close();
        channels.close();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        rights.close();
    }
}
