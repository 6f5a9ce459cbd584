/* The two ends that the fan-out bench measures with; started by fan_out.py, on the loopback only.
 *
 *   fan_out limit N FRAME   the least a server can do: N upgraded sockets in one epoll loop, and for every line on
 *                           stdin one write() of the same prepared frame to each.  Prints "port P", "ready", and for
 *                           each round "sent T0 T1 CPU".
 *   fan_out crowd N PORT    N clients in one epoll loop: they connect at once, upgrade, and stamp every text frame.
 *                           Prints "open T0 T1", and whenever each has got one more frame "round FIRST MEDIAN P99 LAST".
 *
 * Times are CLOCK_MONOTONIC in nanoseconds, so that they compare between processes.  Both end when stdin does, and
 * after LIFETIME seconds at the latest.  Neither speaks WebSocket further than the bench needs.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 20000, EVENTS = 512, LIFETIME = 240 };

static const char UPGRADE[] =
    "GET /hall HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
static const char SWITCHING[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int64_t clock_ns(clockid_t which) {
    struct timespec t;
    clock_gettime(which, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int64_t now(void) { return clock_ns(CLOCK_MONOTONIC); }

static void watch(int epoll, int op, int fd, uint32_t events, uint64_t tag) {
    struct epoll_event event = {.events = events, .data.u64 = tag};
    if (epoll_ctl(epoll, op, fd, &event)) fail("epoll_ctl");
}

/* Whether stdin had a line for us; ends the program when it has ended. */
static int told(void) {
    char line[64];
    ssize_t got = read(0, line, sizeof line);
    if (got == 0) exit(0);
    return got > 0;
}

enum { STDIN = UINT32_MAX, LISTENER = UINT32_MAX - 1 };

/* --- limit --------------------------------------------------------------------------------------------------- */

static void limit(int n, const char *path) {
    static char frame[1 << 20];
    FILE *file = fopen(path, "rb");
    if (!file) fail(path);
    size_t size = fread(frame, 1, sizeof frame, file);
    fclose(file);

    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), epoll = epoll_create1(0), open = 0, one = 1;
    if (listener < 0 || bind(listener, (void *)&address, length) || listen(listener, 4096)) fail("listen");
    getsockname(listener, (void *)&address, &length);
    printf("port %d\n", ntohs(address.sin_port));
    watch(epoll, EPOLL_CTL_ADD, listener, EPOLLIN, LISTENER);
    watch(epoll, EPOLL_CTL_ADD, 0, EPOLLIN, STDIN);

    static int sockets[MOST];
    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            uint64_t tag = events[i].data.u64;
            if (tag == LISTENER) {
                int fd;
                while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
                    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                    watch(epoll, EPOLL_CTL_ADD, fd, EPOLLIN, fd);
                }
            } else if (tag == STDIN) {
                if (!told()) continue;
                int64_t cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID), t0 = now();
                for (int k = 0; k < open; k++)
                    if (write(sockets[k], frame, size) != (ssize_t)size) fail("write");
                int64_t t1 = now();
                printf("sent %lld %lld %lld\n", (long long)t0, (long long)t1,
                       (long long)(clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu));
            } else {
                char request[4096];
                if (read((int)tag, request, sizeof request) <= 0) exit(0);
                if (write((int)tag, SWITCHING, sizeof SWITCHING - 1) < 0) fail("upgrade");
                sockets[open++] = (int)tag;
                if (open == n) printf("ready\n");
            }
        }
    }
}

/* --- crowd --------------------------------------------------------------------------------------------------- */

struct client {
    int fd, upgraded, ends; /* ends: how much of the \r\n\r\n after the answer has been seen */
    unsigned char head[10];
    int head_size;
    uint64_t left; /* of the payload being read */
    int reading, text;
};

static int by_time(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Takes what arrived; returns how many text frames were completed, and sets *opened when the answer was. */
static int take(struct client *c, const unsigned char *p, size_t size, int *opened) {
    int frames = 0;
    while (size && !c->upgraded) {
        c->ends = *p == (c->ends % 2 ? '\n' : '\r') ? c->ends + 1 : *p == '\r';
        p++, size--;
        if (c->ends == 4) c->upgraded = *opened = 1;
    }
    while (size) {
        if (!c->reading) {
            c->head[c->head_size++] = *p++, size--;
            if (c->head_size < 2) continue;
            int form = c->head[1], whole = form < 126 ? 2 : form == 126 ? 4 : 10;
            if (c->head_size < whole) continue;
            c->left = form < 126 ? form : 0;
            for (int k = 2; k < whole; k++) c->left = c->left << 8 | c->head[k];
            if ((c->head[0] & 15) == 8) exit(3); /* the server says goodbye */
            c->text = (c->head[0] & 15) == 1, c->head_size = 0, c->reading = 1;
        }
        size_t part = size < c->left ? size : c->left;
        p += part, size -= part, c->left -= part;
        if (!c->left) c->reading = 0, frames += c->text;
    }
    return frames;
}

static void crowd(int n, int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(port)};
    static struct client clients[MOST];
    static int64_t times[MOST];
    static unsigned char arrived[1 << 16];
    int epoll = epoll_create1(0), open = 0, got = 0, one = 1;
    int64_t start = now();
    for (int i = 0; i < n; i++) {
        int fd = clients[i].fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
        if (fd < 0) fail("socket");
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        if (connect(fd, (void *)&address, sizeof address) && errno != EINPROGRESS) fail("connect");
        watch(epoll, EPOLL_CTL_ADD, fd, EPOLLOUT, i);
    }
    watch(epoll, EPOLL_CTL_ADD, 0, EPOLLIN, STDIN);

    struct epoll_event events[EVENTS];
    for (;;) {
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.u64 == STDIN) {
                told();
                continue;
            }
            struct client *c = &clients[events[i].data.u64];
            if (events[i].events & EPOLLOUT) {
                if (write(c->fd, UPGRADE, sizeof UPGRADE - 1) < 0) fail("upgrade");
                watch(epoll, EPOLL_CTL_MOD, c->fd, EPOLLIN, events[i].data.u64);
                continue;
            }
            ssize_t size = read(c->fd, arrived, sizeof arrived);
            if (size < 0 && errno == EAGAIN) continue;
            if (size <= 0) fail("a connection ended");
            int opened = 0, frames = take(c, arrived, size, &opened);
            int64_t at = now();
            if (opened && ++open == n) printf("open %lld %lld\n", (long long)start, (long long)at);
            while (frames--) {
                times[got++] = at;
                if (got < n) continue;
                qsort(times, n, sizeof *times, by_time);
                printf("round %lld %lld %lld %lld\n", (long long)times[0], (long long)times[n / 2],
                       (long long)times[n * 99 / 100], (long long)times[n - 1]);
                got = 0;
            }
        }
    }
}

int main(int argc, char **argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    alarm(LIFETIME);
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    int n = argc == 4 ? atoi(argv[2]) : 0;
    if (n < 1 || n > MOST) return 2;
    if (!strcmp(argv[1], "limit")) limit(n, argv[3]);
    if (!strcmp(argv[1], "crowd")) crowd(n, atoi(argv[3]));
    return 2;
}
