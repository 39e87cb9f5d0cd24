// Signing in with real passwords over real sockets.
#include "served_chat.hpp"

#include <asio/io_context.hpp>

namespace parley::served {
namespace {

using namespace std::chrono_literals;

class SignInServed : public ServedChat {
  protected:
    // One client that reports how its login ended.
    struct Visitor {
        explicit Visitor(const std::string& url) : client(io, *native::parse_url(url)) {
            client.on_notice([this](const client::Notice& notice) {
                if (const auto* refused = std::get_if<client::LoginRefused>(&notice))
                    refusals.push_back(refused->reason);
                if (std::holds_alternative<client::LoggedIn>(notice)) welcome = true;
                if (std::holds_alternative<client::SessionEnded>(notice)) ended = true;
            });
            client.on_session([this](const std::optional<client::SavedSession>& kept) { session = kept; });
        }
        [[nodiscard]] bool until(const std::function<bool()>& claim) {
            for (int turn = 0; turn < 6000 && !claim(); ++turn) {
                io.restart();
                io.run_for(10ms);
            }
            return claim();
        }
        asio::io_context io;
        native::NativeClient client;
        std::vector<Refusal> refusals;
        std::optional<client::SavedSession> session;
        bool welcome = false;
        bool ended = false;
    };
};

TEST_F(SignInServed, RegisterThenLogInThenResume) {
    Visitor first(socket_url());
    first.client.chat().register_account("ana", "a good password");
    first.client.start();
    ASSERT_TRUE(first.until([&] { return first.welcome && first.session; }));

    Visitor wrong(socket_url());
    wrong.client.chat().log_in("ana", "a bad password");
    wrong.client.start();
    ASSERT_TRUE(wrong.until([&] { return !wrong.refusals.empty(); }));
    EXPECT_EQ(wrong.refusals.front(), Refusal::wrong_name_or_password);
    wrong.client.chat().log_in("ana", "a good password");
    EXPECT_TRUE(wrong.until([&] { return wrong.welcome; }));

    Visitor back(socket_url());
    back.client.chat().resume(*first.session);
    back.client.start();
    EXPECT_TRUE(back.until([&] { return back.welcome; }));
    EXPECT_EQ(back.client.state().self, first.client.state().self);
}

TEST_F(SignInServed, UnknownNamesAndWrongPasswordsAreAnsweredAlike) {
    Visitor nobody(socket_url());
    nobody.client.chat().log_in("nobody", "a good password");
    nobody.client.start();
    ASSERT_TRUE(nobody.until([&] { return !nobody.refusals.empty(); }));
    EXPECT_EQ(nobody.refusals.front(), Refusal::wrong_name_or_password);
}

TEST_F(SignInServed, ATakenNameABadNameAndAShortPasswordAreRefused) {
    Visitor ana(socket_url());
    ana.client.chat().register_account("ana", "a good password");
    ana.client.start();
    ASSERT_TRUE(ana.until([&] { return ana.welcome; }));
    for (const auto& [name, password, why] : {std::tuple{"ana", "another password", Refusal::name_taken},
                                              {"ana", "short", Refusal::password_too_short},
                                              {"Ana!", "another password", Refusal::name_not_allowed}}) {
        Visitor other(socket_url());
        other.client.chat().register_account(name, password);
        other.client.start();
        ASSERT_TRUE(other.until([&] { return !other.refusals.empty(); })) << name;
        EXPECT_EQ(other.refusals.front(), why) << name;
    }
}

TEST_F(SignInServed, SigningOutEndsTheSession) {
    Visitor ana(socket_url());
    ana.client.chat().register_account("ana", "a good password");
    ana.client.start();
    ASSERT_TRUE(ana.until([&] { return ana.welcome && ana.session; }));
    const auto session = *ana.session;
    ana.client.chat().log_out();
    ASSERT_TRUE(ana.until([&] { return !ana.session; }));
    Visitor back(socket_url());
    back.client.chat().resume(session);
    back.client.start();
    EXPECT_TRUE(back.until([&] { return back.ended || !back.refusals.empty(); }));
    EXPECT_FALSE(back.welcome);
}

}  // namespace
}  // namespace parley::served
