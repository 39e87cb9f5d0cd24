// What parley-cli takes: its command line, its lines of input.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <asio/io_context.hpp>
#include <fstream>

#include "cli/command.hpp"
#include "cli/input_lines.hpp"
#include "cli/options.hpp"

namespace parley::cli {
namespace {

using Kind = Command::Kind;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(JsonCommand, MessagesAreWrittenAndChanged) {
    const auto post = parse_json_command(R"({"do":"post","room":"general","text":"hi \u00e9\n","op":"a-1"})");
    ASSERT_TRUE(post);
    EXPECT_EQ(post->kind, Kind::post);
    EXPECT_EQ(post->room, "general");
    EXPECT_EQ(post->text, "hi \xc3\xa9\n");
    EXPECT_EQ(post->op, "a-1");
    EXPECT_EQ(parse_json_command(R"({"do":"dm","to":"bo","text":"psst"})")->to, "bo");
    const auto edit = parse_json_command(R"({"do":"edit","room":"general","n":9,"text":"better"})");
    ASSERT_TRUE(edit);
    EXPECT_EQ(edit->kind, Kind::edit);
    EXPECT_EQ(edit->n, 9u);
    EXPECT_EQ(edit->text, "better");
    const auto react = parse_json_command(R"({"do":"react","n":9,"emoji":"\ud83c\udf89"})");
    ASSERT_TRUE(react);
    EXPECT_EQ(react->kind, Kind::react);
    EXPECT_EQ(react->emoji, "\U0001F389");
    EXPECT_EQ(parse_json_command(R"({"do":"unreact","n":9,"emoji":"x"})")->kind, Kind::unreact);
    EXPECT_EQ(parse_json_command(R"({"do":"delete","n":9})")->kind, Kind::remove);
    EXPECT_EQ(parse_json_command(R"({"do":"pin","n":9})")->kind, Kind::pin);
    EXPECT_EQ(parse_json_command(R"({"do":"unpin","n":9})")->kind, Kind::unpin);
    EXPECT_EQ(parse_json_command(R"({"do":"pins","room":"general"})")->kind, Kind::pins);
    EXPECT_EQ(parse_json_command(R"({"do":"reply","n":9,"text":"yes"})")->kind, Kind::reply);
}

TEST(JsonCommand, WhatWasSaidIsRead) {
    const auto history = parse_json_command(R"({"do":"history","room":"general","before":123,"limit":50})");
    ASSERT_TRUE(history);
    EXPECT_EQ(history->n, 123u);
    EXPECT_EQ(history->limit, 50);
    EXPECT_EQ(parse_json_command(R"({"do":"history","room":"general"})")->n, 0u);
    EXPECT_EQ(parse_json_command(R"({"do":"read","room":"general","n":7})")->n, 7u);
    const auto unread = parse_json_command(R"({"do":"unread","n":9})");
    ASSERT_TRUE(unread);
    EXPECT_EQ(unread->kind, Kind::unread);
    EXPECT_EQ(unread->n, 9u);
    EXPECT_EQ(parse_json_command(R"({"do":"history","date":"2026-03-01"})")->day, 20'513);
}

TEST(JsonCommand, RoomsAreMadeAndRuled) {
    EXPECT_EQ(parse_json_command(R"({"do":"join","room":"general"})")->kind, Kind::join);
    EXPECT_EQ(parse_json_command(R"({"do":"create","name":"den"})")->room, "den");
    EXPECT_EQ(parse_json_command(R"({"do":"leave","room":"den"})")->kind, Kind::leave);
    EXPECT_EQ(parse_json_command(R"({"do":"rooms"})")->kind, Kind::rooms);
    EXPECT_EQ(parse_json_command(R"({"do":"typing","room":"general"})")->kind, Kind::typing);
    EXPECT_EQ(parse_json_command(R"({"do":"quit"})")->kind, Kind::quit);
    EXPECT_EQ(parse_json_command(R"({"do":"archive","room":"den"})")->kind, Kind::archive);
    EXPECT_EQ(parse_json_command(R"({"do":"unarchive","room":"den"})")->kind, Kind::unarchive);
    EXPECT_EQ(parse_json_command(R"({"do":"posting","room":"den","who":"some"})")->text, "some");
    EXPECT_EQ(parse_json_command(R"({"do":"let_post","room":"den","to":"bo"})")->to, "bo");
    EXPECT_EQ(parse_json_command(R"({"do":"stop_posting","room":"den","to":"bo"})")->kind, Kind::stop_posting);
    EXPECT_EQ(parse_json_command(R"({"do":"favourite"})")->kind, Kind::favourite);
    EXPECT_EQ(parse_json_command(R"({"do":"unfavourite"})")->kind, Kind::unfavourite);
    EXPECT_FALSE(parse_json_command(R"({"do":"create","name":"den"})")->is_private);
    EXPECT_TRUE(parse_json_command(R"({"do":"create","name":"den","private":true})")->is_private);
    const auto topic = parse_json_command(R"({"do":"topic","room":"den","topic":"news"})");
    EXPECT_EQ(topic->kind, Kind::topic);
    EXPECT_EQ(topic->room, "den");
    EXPECT_EQ(topic->text, "news");
    EXPECT_EQ(parse_json_command(R"({"do":"topic","text":"news"})")->text, "news");
    EXPECT_EQ(parse_json_command(R"({"do":"topic","text":""})")->text, "");
    const auto rename = parse_json_command(R"({"do":"rename","room":"den","name":"cave"})");
    EXPECT_EQ(rename->kind, Kind::rename);
    EXPECT_EQ(rename->room, "den");
    EXPECT_EQ(rename->text, "cave");
    EXPECT_EQ(parse_json_command(R"({"do":"invite","room":"den","to":"bo"})")->to, "bo");
    EXPECT_EQ(parse_json_command(R"({"do":"private","room":"den"})")->kind, Kind::make_private);
    EXPECT_EQ(parse_json_command(R"({"do":"newcomers","room":"den","read":"new"})")->text, "new");
}

TEST(JsonCommand, PeopleSayHowTheyAre) {
    EXPECT_EQ(parse_json_command(R"({"do":"nick","nick":"Ana"})")->text, "Ana");
    EXPECT_EQ(parse_json_command(R"({"do":"who"})")->kind, Kind::who);
    EXPECT_EQ(parse_json_command(R"({"do":"status","text":"out","minutes":30})")->minutes, 30u);
    EXPECT_EQ(parse_json_command(R"({"do":"status"})")->text, "");
    EXPECT_EQ(parse_json_command(R"({"do":"away"})")->kind, Kind::away);
    EXPECT_EQ(parse_json_command(R"({"do":"dnd"})")->kind, Kind::do_not_disturb);
    EXPECT_EQ(parse_json_command(R"({"do":"invisible"})")->kind, Kind::invisible);
    EXPECT_EQ(parse_json_command(R"({"do":"online"})")->kind, Kind::online);
    EXPECT_EQ(parse_json_command(R"({"do":"ignore","to":"bo"})")->to, "bo");
    EXPECT_EQ(parse_json_command(R"({"do":"unignore","to":"bo"})")->kind, Kind::unignore);
    EXPECT_EQ(parse_json_command(R"({"do":"person","to":"bo"})")->kind, Kind::person);
}

TEST(JsonCommand, WhatMakesNoSenseIsExplained) {
    const auto why = [](std::string_view line) {
        const auto command = parse_json_command(line);
        return command ? std::string("taken") : command.error();
    };
    EXPECT_THAT(why("hello"), HasSubstr("not JSON"));
    EXPECT_THAT(why(""), HasSubstr("not JSON"));
    EXPECT_THAT(why("{\"do\":\"quit\""), HasSubstr("not JSON"));
    EXPECT_THAT(why("\"quit\""), HasSubstr("JSON object"));
    EXPECT_THAT(why("[]"), HasSubstr("JSON object"));
    EXPECT_THAT(why("{}"), HasSubstr("\"do\""));
    EXPECT_THAT(why(R"({"do":1})"), HasSubstr("\"do\""));
    EXPECT_THAT(why(R"({"do":"dance"})"), HasSubstr("dance"));
    EXPECT_THAT(why(R"({"do":"post"})"), HasSubstr("needs text"));
    EXPECT_THAT(why(R"({"do":"join"})"), HasSubstr("needs room"));
    EXPECT_THAT(why(R"({"do":"dm","text":"x"})"), HasSubstr("needs to"));
    EXPECT_THAT(why(R"({"do":"edit","text":"x"})"), HasSubstr("needs n"));
    EXPECT_THAT(why(R"({"do":"edit","n":3})"), HasSubstr("needs text"));
    EXPECT_THAT(why(R"({"do":"react","n":3})"), HasSubstr("needs emoji"));
    EXPECT_THAT(why(R"({"do":"react","n":3,"emoji":3})"), HasSubstr("strings"));
    EXPECT_THAT(why(R"({"do":"post","room":5,"text":"x"})"), HasSubstr("strings"));
    EXPECT_THAT(why(R"({"do":"post","text":"x","op":7})"), HasSubstr("strings"));
    EXPECT_THAT(why(R"({"do":"history","before":-1})"), HasSubstr("whole numbers"));
    EXPECT_THAT(why(R"({"do":"history","before":1.5})"), HasSubstr("whole numbers"));
    EXPECT_THAT(why(R"({"do":"history","limit":1001})"), HasSubstr("whole numbers"));
    EXPECT_THAT(why("{\"do\":\"post\",\"text\":\"\xff\"}"), HasSubstr("not JSON"));
    EXPECT_THAT(why(R"({"do":"quit","op":")" + std::string(257, 'x') + R"("})"), HasSubstr("longer than"));
    EXPECT_THAT(why(std::string(kLongestLine + 1, ' ')), HasSubstr("longer than"));
    EXPECT_THAT(why(std::string(kLongestLine, '[')), HasSubstr("not JSON"));
}

TEST(JsonCommand, ATopicIsTakenAwayOnlyByWhoSaysSo) {
    const auto refused = parse_json_command(R"({"do":"topic","room":"general"})");
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error(), HasSubstr(R"("text":"" takes the room's topic away)"));
    EXPECT_FALSE(parse_json_command(R"({"do":"topic","room":"general","about":"plans"})"));
    EXPECT_TRUE(parse_json_command(R"({"do":"topic","topic":""})"));
}

TEST(PlainCommand, IsWhatPeopleType) {
    const auto said = parse_plain_command("hello all");
    ASSERT_TRUE(said);
    EXPECT_EQ(said->kind, Kind::post);
    EXPECT_EQ(said->text, "hello all");
    EXPECT_TRUE(said->room.empty());
    EXPECT_EQ(parse_plain_command("//etc")->text, "/etc");
    EXPECT_EQ(parse_plain_command("/join  #den ")->room, "#den");
    const auto dm = parse_plain_command("/dm bo how are you");
    EXPECT_EQ(dm->to, "bo");
    EXPECT_EQ(dm->text, "how are you");
    EXPECT_TRUE(parse_plain_command("/leave")->room.empty()) << "the one that she is in; a bot says which";
    EXPECT_FALSE(parse_json_command(R"({"do":"leave"})"));
    EXPECT_EQ(parse_plain_command("/rename #garden")->text, "garden");
    const auto lunch = parse_plain_command("/status 30m Lunch");
    EXPECT_EQ(lunch->minutes, 30u);
    EXPECT_EQ(lunch->text, "Lunch");
    EXPECT_EQ(parse_plain_command("/history 17")->n, 17u);
    EXPECT_EQ(parse_plain_command("/history")->n, 0u);
    EXPECT_EQ(parse_plain_command("/nick Ana A")->text, "Ana A");
    EXPECT_EQ(parse_plain_command("/quit")->kind, Kind::quit);
    EXPECT_EQ(parse_plain_command("/edit 9 better said")->text, "better said");
    EXPECT_EQ(parse_plain_command("/edit 9 better said")->n, 9u);
    EXPECT_EQ(parse_plain_command("/reply 9 yes")->kind, Kind::reply);
    EXPECT_EQ(parse_plain_command("/react 9 x")->emoji, "x");
    EXPECT_EQ(parse_plain_command("/delete 9")->kind, Kind::remove);
    EXPECT_EQ(parse_plain_command("/pins")->kind, Kind::pins);
    EXPECT_FALSE(parse_plain_command("/edit better said"));
    EXPECT_FALSE(parse_plain_command("/delete"));
    EXPECT_FALSE(parse_plain_command("/react 9"));
    EXPECT_FALSE(parse_plain_command("/dance"));
    EXPECT_FALSE(parse_plain_command("/join"));
    EXPECT_FALSE(parse_plain_command("/history soon"));
    EXPECT_FALSE(parse_plain_command(""));
    EXPECT_FALSE(parse_plain_command("\xc3\x28"));
}

TEST(Url, IsCheckedBeforeAnythingIsOpened) {
    const auto url = native::parse_url("ws://chat.example:8080/ws");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "chat.example");
    EXPECT_EQ(url->port, 8080);
    EXPECT_EQ(native::parse_url("ws://127.0.0.1/ws")->port, 80);
    EXPECT_EQ(native::parse_url("ws://[::1]:81/ws")->host, "::1");
    EXPECT_EQ(native::parse_url("ws://[::1]:81/ws")->port, 81);
    EXPECT_THAT(native::parse_url("wss://chat.example/ws").error(), HasSubstr("TLS"));
    for (const auto* bad : {"", "http://a/ws", "ws://", "ws:///ws", "ws://a:0/ws", "ws://a:99999/ws", "ws://a:x/ws",
                            "ws://a b/ws", "ws://me:pw@a/ws", "ws://a\r\nX:/ws", "ws://[::1/ws", "ws://[::1]x/ws"})
        EXPECT_FALSE(native::parse_url(bad)) << bad;
    EXPECT_FALSE(native::parse_url("ws://" + std::string(3'000, 'a')));
}

class CommandLine : public testing::Test {
  public:
    CommandLine() {
        std::string name = testing::TempDir() + "parley_password_XXXXXX";
        const int file = ::mkstemp(name.data());
        EXPECT_GE(file, 0);
        EXPECT_EQ(::write(file, "secret word\r\nsecond line\n", 25), 25);
        ::close(file);
        path_ = name;
    }
    ~CommandLine() override { ::unlink(path_.c_str()); }
    std::variant<Options, int> parse(std::vector<std::string> words, bool on_a_terminal = false) {
        words.insert(words.begin(), "parley-cli");
        std::vector<const char*> pointers;
        for (const auto& word : words) pointers.push_back(word.c_str());
        return parse_options(static_cast<int>(pointers.size()), pointers.data(), on_a_terminal);
    }
    std::string path_;
};

TEST_F(CommandLine, IsTakenWhole) {
    const auto parsed =
        parse({"--url", "ws://127.0.0.1:1/ws", "--name", "ana", "--password-file", path_, "--register"});
    ASSERT_TRUE(std::holds_alternative<Options>(parsed));
    const auto& options = std::get<Options>(parsed);
    EXPECT_EQ(options.password, "secret word");
    EXPECT_TRUE(options.registers);
    EXPECT_TRUE(options.json);  // no terminal
    const auto plain = parse({"--url", "ws://127.0.0.1:1/ws", "--name", "ana", "--password-file", path_}, true);
    EXPECT_FALSE(std::get<Options>(plain).json);
}

TEST_F(CommandLine, WhatMakesNoSenseIsExitCode2) {
    const std::string url = "ws://127.0.0.1:1/ws";
    EXPECT_EQ(std::get<int>(parse({})), 2);
    EXPECT_EQ(std::get<int>(parse({"--url", url, "--name", "ana"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--url", "http://x", "--name", "ana", "--password-file", path_})), 2);
    EXPECT_EQ(std::get<int>(parse({"--url", url, "--name", "Not A Name", "--password-file", path_})), 2);
    EXPECT_EQ(std::get<int>(parse({"--url", url, "--name", "ana", "--password-file", path_ + ".not"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--url", url, "--name", "ana", "--password-file", path_, "--dance"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--help"})), 0);
}

TEST_F(CommandLine, ASecretIsBounded) {
    std::ofstream(path_, std::ios::trunc) << std::string(2'000, 'x');
    EXPECT_FALSE(read_secret(path_));
    std::ofstream(path_, std::ios::trunc) << "\n";
    EXPECT_FALSE(read_secret(path_));
    EXPECT_FALSE(read_secret("/dev/zero"));
}

// --- lines

class Lines final : public LineReader {
  public:
    void take_line(std::string_view line) override { taken.emplace_back(line); }
    void line_was_too_long() override { ++too_long; }
    void input_ended() override { ended = true; }
    [[nodiscard]] bool takes_more() const override { return taken.size() < room_for; }
    std::vector<std::string> taken;
    std::size_t room_for = 1'000'000;
    int too_long = 0;
    bool ended = false;
};

class Input : public testing::Test {
  public:
    Input() { EXPECT_EQ(::pipe(pipe_), 0); }
    ~Input() override {
        ::close(pipe_[0]);
        end();
    }
    void write(const std::string& text) {
        ASSERT_EQ(::write(pipe_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    }
    void end() {
        if (pipe_[1] >= 0) ::close(pipe_[1]);
        pipe_[1] = -1;
    }
    asio::io_context io_;
    Lines lines_;
    int pipe_[2] = {-1, -1};
};

TEST_F(Input, IsCutIntoLines) {
    InputLines input(io_, pipe_[0], 100, lines_);
    write("one\r\n\ntwo\nthr");
    input.read();
    io_.run_one();
    EXPECT_THAT(lines_.taken, ElementsAre("one", "two"));
    write("ee\nlast");
    end();
    io_.run();
    EXPECT_THAT(lines_.taken, ElementsAre("one", "two", "three", "last"));
    EXPECT_TRUE(lines_.ended);
}

TEST_F(Input, IsNotReadWhileThereIsNoRoom) {
    InputLines input(io_, pipe_[0], 100, lines_);
    lines_.room_for = 2;
    write("1\n2\n3\n4\n");
    end();
    input.read();
    io_.run();
    EXPECT_THAT(lines_.taken, ElementsAre("1", "2"));
    EXPECT_FALSE(lines_.ended);
    lines_.room_for = 10;
    io_.restart();
    input.read();
    io_.run();
    EXPECT_THAT(lines_.taken, ElementsAre("1", "2", "3", "4"));
    EXPECT_TRUE(lines_.ended);
}

TEST_F(Input, ALineThatIsTooLongIsReportedOnceAndDropped) {
    InputLines input(io_, pipe_[0], 100, lines_);
    write(std::string(50'000, 'x'));
    write("xxx\nfine\n");
    write(std::string(101, 'y') + "\nalso fine\n");
    end();
    input.read();
    io_.run();
    EXPECT_EQ(lines_.too_long, 2);
    EXPECT_THAT(lines_.taken, ElementsAre("fine", "also fine"));
}

TEST_F(Input, AFileIsReadToo) {
    std::string name = testing::TempDir() + "parley_input_XXXXXX";
    const int file = ::mkstemp(name.data());
    ASSERT_GE(file, 0);
    ASSERT_EQ(::write(file, "a\nb\n", 4), 4);
    ASSERT_EQ(::lseek(file, 0, SEEK_SET), 0);
    InputLines input(io_, file, 100, lines_);
    input.read();
    io_.run();
    EXPECT_THAT(lines_.taken, ElementsAre("a", "b"));
    EXPECT_TRUE(lines_.ended);
    ::close(file);
    ::unlink(name.c_str());
}

}  // namespace
}  // namespace parley::cli
