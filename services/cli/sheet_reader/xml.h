// Events of an XML document that comes in pieces: the adapter to expat.
//
// Names come without their prefix. A document type is refused, so no entity is ever defined, read
// from a file or fetched; depth is bounded. INVALID_ARGUMENT: not well-formed, or refused. Not
// thread-safe.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace nhanrong::cli {

// Elements within each other; a worksheet has about eight.
inline constexpr int kXmlDepthMax = 64;

// Of one element; valid during the call.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  std::optional<std::string_view> Find(std::string_view name) const;
  // "1" and "true".
  bool IsSet(std::string_view name) const;

 private:
  const char** pairs_;
};

class XmlHandler {
 public:
  virtual ~XmlHandler() = default;
  virtual void Start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void Text(std::string_view text) = 0;
  virtual void End(std::string_view name) = 0;
  // Asked after every piece: a handler that has seen what it cannot use says so here.
  virtual absl::Status status() const { return absl::OkStatus(); }
};

class XmlReader {
 public:
  // The handler outlives the reader.
  explicit XmlReader(XmlHandler& handler);
  ~XmlReader();
  XmlReader(const XmlReader&) = delete;
  XmlReader& operator=(const XmlReader&) = delete;

  // An empty piece is the end.
  absl::Status Take(std::string_view piece);

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace nhanrong::cli
