// The parts of net that hold bytes: the outbox, ready-made frames, the web client's files.
#include "net/outbox.hpp"

#include <gmock/gmock.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "net/http_answer.hpp"
#include "net/web_files.hpp"

namespace parley::net {
namespace {

SharedFrame frame_of(std::string_view text) {
    const auto bytes = std::as_bytes(std::span(text));
    return std::make_shared<const Frame>(Buffer(bytes.begin(), bytes.end()));
}

std::string gathered(const Outbox& outbox, std::size_t most = 1000, std::size_t parts = 8) {
    std::vector<iovec> vector(parts);
    std::string text;
    const auto used = outbox.gather(vector, most);
    for (std::size_t part = 0; part < used; ++part) {
        text.append(static_cast<const char*>(vector[part].iov_base), vector[part].iov_len);
    }
    return text;
}

TEST(Outbox, GathersWhatIsLeftAfterEveryPartialWrite) {
    const std::string all = "onetwothree";
    for (std::size_t written = 0; written <= all.size(); ++written) {
        HeldMemory held;
        Outbox outbox(held);
        outbox.push(frame_of("one"));
        outbox.push_view("two");
        outbox.push(frame_of(""));
        outbox.push(frame_of("three"));
        outbox.taken(written);
        EXPECT_EQ(gathered(outbox), all.substr(written));
        EXPECT_EQ(outbox.bytes(), all.size() - written);
        EXPECT_EQ(outbox.empty(), written == all.size());
    }
}

TEST(Outbox, KeepsToTheBoundsOfOneWrite) {
    HeldMemory all;
    Outbox outbox(all);
    for (int count = 0; count < 5; ++count) outbox.push(frame_of("abc"));
    EXPECT_EQ(gathered(outbox, 7), "abcabca");
    EXPECT_EQ(gathered(outbox, 100, 2), "abcabc");
}

TEST(Outbox, DropsAllButTheFrameThatHasBegun) {
    HeldMemory all;
    Outbox outbox(all);
    outbox.push(frame_of("first"));
    outbox.push(frame_of("second"));
    outbox.push(frame_of("third"));
    outbox.taken(7);
    outbox.drop_unsent();
    EXPECT_EQ(gathered(outbox), "cond");
    EXPECT_EQ(outbox.bytes(), 4u);
    outbox.taken(4);
    outbox.push(frame_of("x"));
    outbox.drop_unsent();
    EXPECT_TRUE(outbox.empty());
    EXPECT_EQ(outbox.pieces(), 0u);
}

TEST(Outbox, LetsGoOfFramesThatAreWritten) {
    HeldMemory all;
    Outbox outbox(all);
    const auto shared = frame_of("frame");
    for (int count = 0; count < 200; ++count) outbox.push(shared);
    EXPECT_EQ(shared.use_count(), 201);
    outbox.taken(5 * 150);
    EXPECT_EQ(shared.use_count(), 51);
    EXPECT_EQ(outbox.pieces(), 50u);
}

TEST(Outbox, CountsWhatItAloneHolds) {
    HeldMemory all;
    const auto shared = frame_of(std::string(1'000, 's'));
    {
        Outbox outbox(all);
        outbox.push(shared);
        const auto of_a_piece = outbox.held();
        EXPECT_LT(of_a_piece, 100u);
        outbox.push(frame_of(std::string(5'000, 'o')));
        EXPECT_GE(outbox.held(), 5'000u + 2 * of_a_piece);
        EXPECT_EQ(all.bytes(), outbox.held());
        outbox.taken(shared->bytes().size());
        EXPECT_GE(outbox.held(), 5'000u);
        Outbox other(all);
        other.push(frame_of(std::string(700, 'o')));
        EXPECT_EQ(all.bytes(), outbox.held() + other.held());
        other.drop_unsent();
        EXPECT_EQ(other.held(), 0u);
        EXPECT_EQ(all.bytes(), outbox.held());
    }
    EXPECT_EQ(all.bytes(), 0u);
}

TEST(SharedFrame, HasTheShortestHeader) {
    const auto header_of = [](std::size_t size) {
        const auto frame = make_binary_frame(Buffer(size));
        const auto bytes = frame->bytes();
        std::vector<int> header;
        for (std::size_t at = 0; at < bytes.size() - size; ++at) header.push_back(std::to_integer<int>(bytes[at]));
        return header;
    };
    EXPECT_THAT(header_of(1), testing::ElementsAre(0x82, 1));
    EXPECT_THAT(header_of(125), testing::ElementsAre(0x82, 125));
    EXPECT_THAT(header_of(126), testing::ElementsAre(0x82, 126, 0, 126));
    EXPECT_THAT(header_of(65535), testing::ElementsAre(0x82, 126, 255, 255));
    EXPECT_THAT(header_of(65536), testing::ElementsAre(0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0));
}

TEST(HttpAnswer, WritesDatesAsHttpWantsThem) {
    EXPECT_EQ(http_date(Timestamp{784'111'777'000}), "Sun, 06 Nov 1994 08:49:37 GMT");
}

class Folder {
  public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("parley-web-" + std::to_string(::getpid()))) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    void write(const std::string& name, const std::string& text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
    }
    [[nodiscard]] std::filesystem::path path() const { return path_; }

  private:
    std::filesystem::path path_;
};

TEST(WebFiles, AreReadFromAFolder) {
    const Folder folder;
    folder.write("index.html", "<style>body{}</style>");
    folder.write("app-0123abcd.wasm", "wasm");
    folder.write("app-0123abcd.wasm.br", "br");
    folder.write("app-0123abcd.wasm.gz", "gz");
    folder.write("icons/a-b.svg", "svg");
    folder.write(".secret", "no");
    folder.write(".git/config", "no");
    std::filesystem::create_symlink("/etc/passwd", folder.path() / "passwd.txt");
    std::string error;
    const auto files = WebFiles::from_folder(folder.path(), error);
    ASSERT_EQ(error, "");
    const auto* wasm = files.find("/app-0123abcd.wasm");
    ASSERT_NE(wasm, nullptr);
    EXPECT_EQ(wasm->content_type, "application/wasm");
    EXPECT_TRUE(wasm->immutable);
    EXPECT_EQ(wasm->plain, "wasm");
    EXPECT_EQ(wasm->brotli, "br");
    EXPECT_EQ(wasm->gzip, "gz");
    ASSERT_NE(files.find("/icons/a-b.svg"), nullptr);
    EXPECT_FALSE(files.find("/icons/a-b.svg")->immutable);
    for (const auto* path : {"/.secret", "/.git/config", "/passwd.txt", "/app-0123abcd.wasm.br", "/icons"}) {
        EXPECT_EQ(files.find(path), nullptr) << path;
    }
}

TEST(WebFiles, HashTheInlineStylesIntoThePolicy) {
    const Folder folder;
    // The hashes are those of OpenSSL.
    folder.write("index.html", "<html><style>body{}</style><style>p{color:red}</style>");
    std::string error;
    const auto files = WebFiles::from_folder(folder.path(), error);
    const auto& policy = files.content_security_policy();
    EXPECT_THAT(policy, testing::HasSubstr("style-src 'self' 'sha256-fJgEClQWV1hGkK4qHMO0KotTsVnMYMXTq7/suurGyUo=' "
                                           "'sha256-p0bF+un5yUb9MBO6xRb8kPHlY2BdpHVtLiFkDrZPF64=';"));
    EXPECT_THAT(policy, testing::HasSubstr("script-src 'self' 'wasm-unsafe-eval';"));
    EXPECT_THAT(policy, testing::HasSubstr("frame-ancestors 'none'"));
    EXPECT_THAT(policy, testing::Not(testing::HasSubstr("unsafe-inline")));
    EXPECT_THAT(policy, testing::Not(testing::HasSubstr("'unsafe-eval'")));
}

TEST(WebFiles, SayWhatIsWrongWithAFolder) {
    std::string error;
    EXPECT_TRUE(WebFiles::from_folder("/nonexistent-folder", error).empty());
    EXPECT_THAT(error, testing::HasSubstr("/nonexistent-folder"));
    const Folder folder;
    EXPECT_TRUE(WebFiles::from_folder(folder.path(), error).empty());
    EXPECT_THAT(error, testing::HasSubstr("index.html"));
}

}  // namespace
}  // namespace parley::net
