// The bytes of every message, frozen: golden_bytes FOLDER [--accept]
//   compares the samples with FOLDER's files, NAME.hex each (lines of hexadecimal bytes; "#" starts a comment). The
//   same program runs natively and, compiled to wasm, under Node.js. --accept writes files that are missing, by hand
//   and once: it never changes one, because a released message's bytes never change.
#include <cstdio>
#include <optional>
#include <string>

#include "support/samples.hpp"

namespace parley {
namespace {

constexpr std::size_t kBytesPerLine = 16;

std::optional<std::string> read_file(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return std::nullopt;
    std::string text;
    char piece[4096];
    for (std::size_t count = 0; (count = std::fread(piece, 1, sizeof piece, file)) > 0;) text.append(piece, count);
    std::fclose(file);
    return text;
}

bool write_file(const std::string& path, const std::string& text) {
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr) return false;
    const bool whole = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    return std::fclose(file) == 0 && whole;
}

std::string as_hex(const Buffer& bytes, const std::string& title) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text = "# " + title + ", " + std::to_string(bytes.size()) + " bytes\n";
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = std::to_integer<unsigned>(bytes[i]);
        text += kDigits[byte >> 4];
        text += kDigits[byte & 15];
        text += (i + 1) % kBytesPerLine == 0 || i + 1 == bytes.size() ? '\n' : ' ';
    }
    return text;
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// Nothing if the file holds anything but pairs of digits, blanks and comments.
std::optional<Buffer> from_hex(const std::string& text) {
    Buffer bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '#') {
            while (i < text.size() && text[i] != '\n') ++i;
        } else if (text[i] != ' ' && text[i] != '\n') {
            const int high = digit_of(text[i]);
            const int low = i + 1 < text.size() ? digit_of(text[i + 1]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            bytes.push_back(static_cast<std::byte>(high << 4 | low));
            ++i;
        }
    }
    return bytes;
}

bool reads_as(const Buffer& bytes, const ClientMessage& message) {
    const auto decoded = decode_client(bytes);
    return decoded.ok() && decoded.message == message;
}
bool reads_as(const Buffer& bytes, const ServerMessage& message) {
    const auto decoded = decode_server(bytes);
    return decoded.ok() && decoded.message == message;
}

class GoldenFolder {
  public:
    GoldenFolder(std::string folder, bool accept) : folder_(std::move(folder)), accept_(accept) {}

    template <class Message>
    void check(const support::Sample<Message>& sample) {
        ++checked_;
        const auto path = folder_ + '/' + sample.file + ".hex";
        const auto text = read_file(path);
        if (!text) return add(sample.name, path, encode(sample.message));
        const auto golden = from_hex(*text);
        if (!golden) return complain(sample.name, path + " is not hexadecimal");
        if (*golden != encode(sample.message)) complain(sample.name, "is written differently from " + path);
        if (!reads_as(*golden, sample.message)) complain(sample.name, "is not what " + path + " reads as");
    }
    [[nodiscard]] int report() const {
        std::printf("%d messages, %d differ from their golden bytes\n", checked_, problems_);
        return problems_ == 0 && checked_ > 0 ? 0 : 1;
    }

  private:
    void add(const std::string& name, const std::string& path, const Buffer& bytes) {
        if (!accept_) return complain(name, path + " is missing; after a look at the bytes, --accept writes it");
        if (!write_file(path, as_hex(bytes, name))) complain(name, path + " cannot be written");
    }
    void complain(const std::string& name, const std::string& what) {
        ++problems_;
        std::printf("%s: %s\n", name.c_str(), what.c_str());
    }

    std::string folder_;
    bool accept_;
    int checked_ = 0;
    int problems_ = 0;
};

}  // namespace
}  // namespace parley

int main(int argc, char** argv) {
    const bool accept = argc == 3 && std::string(argv[2]) == "--accept";
    if (argc < 2 || (argc > 2 && !accept)) {
        std::fputs("usage: golden_bytes FOLDER [--accept]\n", stderr);
        return 2;
    }
    parley::GoldenFolder folder(argv[1], accept);
    for (const auto& sample : parley::support::client_samples()) folder.check(sample);
    for (const auto& sample : parley::support::server_samples()) folder.check(sample);
    return folder.report();
}
