// The web client's files, immutable while served: embedded in the binary, or read from a folder while developing.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::net {

struct WebFile {
    std::string path;  // "/app-1f0c….wasm"; "/index.html" is what "/" and every deep link (/r/…, /d/…) get
    std::string content_type;
    bool immutable = false;  // its name holds its hash: cached for a year
    std::string etag;        // quoted
    std::string_view plain;
    std::string_view brotli;  // empty where it is not smaller
    std::string_view gzip;
};

class WebFiles {
  public:
    WebFiles() = default;
    explicit WebFiles(std::vector<WebFile> files);
    // Reads every regular file below the folder (no links, nothing that starts with a dot); keeps the bytes. With
    // "name.br" or "name.gz" beside "name" these are its encodings. Empty error: it worked.
    [[nodiscard]] static WebFiles from_folder(const std::string& folder, std::string& error);

    // The file for a decoded, absolute request path, or nullptr.
    [[nodiscard]] const WebFile* find(std::string_view path) const;
    // The value of Content-Security-Policy for index.html: CANVAS section 9, with the hashes of its inline styles.
    [[nodiscard]] const std::string& content_security_policy() const { return policy_; }
    [[nodiscard]] bool empty() const { return files_.empty(); }

  private:
    std::map<std::string, WebFile, std::less<>> files_;
    std::vector<std::unique_ptr<std::string>> owned_;
    std::string policy_;
};

}  // namespace parley::net
