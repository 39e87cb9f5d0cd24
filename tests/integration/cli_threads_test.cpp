// parley-cli against the real server: what is said about a message in a thread of its own.
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <thread>

#include "served_cli.hpp"

namespace parley::served {
namespace {

// The line of one client. It can lose what the server says, until it is cut; the next one loses nothing.
class Line {
  public:
    explicit Line(std::uint16_t server_port) : server_port_(server_port) {
        auto address = on_loopback(0);
        socklen_t size = sizeof address;
        if (::pipe2(cut_, O_CLOEXEC) != 0 || ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            ::listen(listener_, 1) != 0 || ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no line");
        url_ = "ws://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/ws";
        passing_ = std::thread([this] { pass_all(); });
    }
    ~Line() {
        is_over_ = true;
        cut();
        passing_.join();
        for (const int end : {listener_, cut_[0], cut_[1]}) ::close(end);
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    [[nodiscard]] const std::string& url() const { return url_; }
    void lose_answers() { loses_answers_ = true; }
    void cut() const {
        if (::write(cut_[1], "x", 1) != 1) throw std::runtime_error("the line stays");
    }

  private:
    static sockaddr_in on_loopback(std::uint16_t port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        return address;
    }
    // Until one of the two is there to be read, or the line is cut: nothing then.
    [[nodiscard]] std::optional<std::array<bool, 2>> wait_for(int one, int other) const {
        std::array<pollfd, 3> ends{{{one, POLLIN, 0}, {other, POLLIN, 0}, {cut_[0], POLLIN, 0}}};
        if (::poll(ends.data(), ends.size(), -1) < 0) return std::nullopt;
        char byte = 0;
        if (ends[2].revents != 0 && ::read(cut_[0], &byte, 1) == 1) return std::nullopt;
        return std::array{ends[0].revents != 0, ends[1].revents != 0};
    }
    [[nodiscard]] static bool pass(int from, int to, bool is_lost) {
        std::array<char, 4096> bytes{};
        const auto count = ::recv(from, bytes.data(), bytes.size(), 0);
        if (count <= 0) return false;
        return is_lost || ::send(to, bytes.data(), static_cast<std::size_t>(count), MSG_NOSIGNAL) == count;
    }
    void pass_all() {
        constexpr int kNobody = -1;
        while (!is_over_) {
            if (!wait_for(listener_, kNobody)) continue;
            const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const auto address = on_loopback(server_port_);
            if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0)
                pass_between(client, server);
            ::close(client);
            ::close(server);
        }
    }
    void pass_between(int client, int server) {
        while (const auto is_there = wait_for(client, server)) {
            if ((*is_there)[0] && !pass(client, server, false)) return;
            if ((*is_there)[1] && !pass(server, client, loses_answers_)) return;
        }
        loses_answers_ = false;
    }

    std::uint16_t server_port_;
    int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int cut_[2] = {-1, -1};
    std::string url_;
    std::atomic<bool> loses_answers_ = false;
    std::atomic<bool> is_over_ = false;
    std::thread passing_;
};

class CliThreads : public ServedCli {
  protected:
    [[nodiscard]] std::unique_ptr<CliProcess> client_on(const Line& line, const std::string& name) const {
        auto all = words(name, true);
        *std::next(std::find(all.begin(), all.end(), "--url")) = line.url();
        auto cli = std::make_unique<CliProcess>(all);
        EXPECT_TRUE(cli->next_with({"\"ready\""}));
        return cli;
    }
    // As soon as it is among her rooms there. Each try asks the server something, so that many of them are a while.
    static void have_left(CliProcess& cli, const std::string& thread) {
        bool is_left = false;
        for (int tries = 0; tries < 1'000 && !is_left; ++tries) {
            cli.say(R"({"do":"rooms"})");
            cli.say(R"({"do":"leave","room":")" + thread + R"(","op":"left"})");
            is_left = cli.next_with({R"("op":"left")"}).value_or("").contains("\"done\"");
        }
        EXPECT_TRUE(is_left) << thread;
    }
};

TEST_F(CliThreads, AnAnswerInAThreadIsHeardByWhoFollowsItAlsoAfterARestart) {
    auto ana = client("ana");
    auto bo = client("bo");
    auto cy = client("cy");
    have(*ana, R"({"do":"post","room":"general","text":"what shall we plant?"})", "1");
    ASSERT_TRUE(bo->next_with({R"("event":"message")", "plant"}));
    have(*bo, R"({"do":"thread","room":"general","n":1,"text":"roses"})", "2");
    EXPECT_TRUE(ana->next_with({R"("event":"message")", R"("room":"general/1")", "roses"}));
    EXPECT_TRUE(cy->next_with({R"("event":"thread")", R"("room":"general")", R"("n":1)", R"("replies":1)"}));
    have(*ana, R"({"do":"post","room":"general/1","text":"tulips"})", "3");
    EXPECT_TRUE(bo->next_with({R"("event":"message")", R"("room":"general/1")", "tulips"}));
    EXPECT_EQ(server_->end(SIGTERM), 0);
    start_server();
    auto two = client("bo", false);
    two->say(R"({"do":"history","room":"general/1"})");
    EXPECT_TRUE(two->next_with({R"("event":"history")", "roses", "tulips"}));
    two->say(R"({"do":"history","room":"general"})");
    EXPECT_TRUE(two->next_with({R"("event":"history")", R"("replies":2)"}));
}

TEST_F(CliThreads, WhatIsNotThereIsRefusedAndOneThatIsLeftIsHeardNoMore) {
    auto ana = client("ana");
    auto bo = client("bo");
    have(*ana, R"({"do":"post","room":"general","text":"hello"})", "1");
    bo->say(R"({"do":"thread","room":"general","n":7,"op":"2"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("no_such_message")"}));
    bo->say(R"({"do":"thread","room":"general","n":7,"text":"about nothing","op":"21"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("op":"21")", R"("no_such_message")"})) << "its message is not sent";
    bo->say(R"({"do":"post","room":"general/1","text":"x","op":"3"})");
    EXPECT_TRUE(bo->next_with({R"("refused")", R"("op":"3")"}));
    have(*bo, R"({"do":"thread","room":"general","n":1})", "4");
    bo->say(R"({"do":"thread","room":"general/1","n":1,"op":"5"})");
    EXPECT_TRUE(bo->next_with({R"("refused")"}));
    have(*bo, R"({"do":"leave","room":"general/1"})", "6");
    have(*ana, R"({"do":"thread","room":"general","n":1,"text":"anybody?"})", "7");
    have(*ana, R"({"do":"post","room":"general","text":"over here then"})", "8");
    const auto next = bo->next_with({R"("event":"message")"});
    EXPECT_THAT(next.value_or(""), testing::HasSubstr("over here then"));
}

TEST_F(CliThreads, OneThatIsLeftBeforeItIsHeardEndsItsCommandWithAnError) {
    Line line(server_->port());
    auto bo = client("bo");
    auto ana = client_on(line, "ana");
    auto on_the_phone = client("ana", false);
    have(*bo, R"({"do":"post","room":"general","text":"what shall we plant?"})", "1");
    ASSERT_TRUE(ana->next_with({"plant"}));
    line.lose_answers();
    ana->say(R"({"do":"thread","room":"general","n":1,"text":"tulips","op":"2"})");
    have_left(*on_the_phone, "general/1");
    line.cut();
    EXPECT_TRUE(ana->next_with({R"("refused")", R"("op":"2")", R"("left_meanwhile")", "Nothing was said in it"}));
    line.lose_answers();
    ana->say(R"({"do":"thread","room":"general","n":1,"op":"3"})");
    have_left(*on_the_phone, "general/1");
    line.cut();
    EXPECT_TRUE(ana->next_with({R"("done")", R"("op":"3")"}));
    EXPECT_TRUE(ana->next_with({R"("error")", R"("left_meanwhile")"}));
    have(*ana, R"({"do":"post","text":"over here then"})", "4");
    EXPECT_THAT(bo->next_with({R"("event":"message")", R"("author":"ana")"}).value_or(""),
                testing::HasSubstr("over here then"))
        << "nothing was said in the thread, and she is where she was";
}

}  // namespace
}  // namespace parley::served
