package org.evenkeel.platform;

import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.quartz.spi.ThreadPool;

/** So many threads of the server's executor at a time, for Quartz. */
public final class BoundedPool implements ThreadPool {
    private final Executor executor;
    private final int size;
    private final Semaphore free;

    BoundedPool(Executor executor, int size) {
        this.executor = executor;
        this.size = size;
        this.free = new Semaphore(size);
    }

    @Override
    public boolean runInThread(Runnable work) {
        if (!free.tryAcquire()) {
            return false;
        }
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } finally {
                    free.release();
                }
            });
            return true;
        } catch (RuntimeException e) {
            free.release();
            throw e;
        }
    }

    @Override
    public int blockForAvailableThreads() {
        free.acquireUninterruptibly();
        free.release();
        return Math.max(1, free.availablePermits());
    }

    /** Waits for what is running if it is asked to. */
    @Override
    public void shutdown(boolean waitForJobs) {
        if (waitForJobs) {
            free.acquireUninterruptibly(size);
        }
    }

    @Override
    public int getPoolSize() {
        return size;
    }

    @Override
    public void initialize() {}

    @Override
    public void setInstanceId(String id) {}

    @Override
    public void setInstanceName(String name) {}
}
