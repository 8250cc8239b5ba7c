#include "services/cli/sheet_reader/xml.h"

#include <expat.h>

namespace nhanrong::cli {
namespace {

std::string_view LocalName(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

}  // namespace

std::optional<std::string_view> XmlAttributes::Find(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (LocalName(pair[0]) == name) return std::string_view(pair[1]);
  }
  return std::nullopt;
}

bool XmlAttributes::IsSet(std::string_view name) const {
  const auto value = Find(name);
  return value == "1" || value == "true";
}

class XmlReader::Parser {
 public:
  explicit Parser(XmlHandler& handler) : handler_(handler), parser_(XML_ParserCreate(nullptr)) {
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, OnStart, OnEnd);
    XML_SetCharacterDataHandler(parser_, OnText);
    XML_SetStartDoctypeDeclHandler(parser_, OnDoctype);
  }
  ~Parser() { XML_ParserFree(parser_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  absl::Status Take(std::string_view piece) {
    const XML_Status parsed = XML_Parse(parser_, piece.data(), static_cast<int>(piece.size()),
                                        piece.empty() ? XML_TRUE : XML_FALSE);
    if (!refused_.ok()) return refused_;
    if (parsed != XML_STATUS_OK) {
      return absl::InvalidArgumentError(std::string("tệp XLSX hỏng / damaged XLSX file: XML: ") +
                                        XML_ErrorString(XML_GetErrorCode(parser_)));
    }
    return handler_.status();
  }

 private:
  void Refuse(std::string_view why) {
    refused_ =
        absl::InvalidArgumentError("tệp XLSX không nhận được / XLSX refused: " + std::string(why));
    XML_StopParser(parser_, XML_FALSE);
  }
  static void OnStart(void* self, const char* name, const char** attributes) {
    Parser& parser = *static_cast<Parser*>(self);
    if (++parser.depth_ > kXmlDepthMax) return parser.Refuse("XML nested too deeply");
    parser.handler_.Start(LocalName(name), XmlAttributes(attributes));
  }
  static void OnEnd(void* self, const char* name) {
    Parser& parser = *static_cast<Parser*>(self);
    --parser.depth_;
    parser.handler_.End(LocalName(name));
  }
  static void OnText(void* self, const char* text, int length) {
    static_cast<Parser*>(self)->handler_.Text({text, static_cast<std::size_t>(length)});
  }
  static void OnDoctype(void* self, const char*, const char*, const char*, int) {
    static_cast<Parser*>(self)->Refuse("a document type (DTD)");
  }

  XmlHandler& handler_;
  XML_Parser parser_;
  int depth_ = 0;
  absl::Status refused_;
};

XmlReader::XmlReader(XmlHandler& handler) : parser_(std::make_unique<Parser>(handler)) {}
XmlReader::~XmlReader() = default;
absl::Status XmlReader::Take(std::string_view piece) { return parser_->Take(piece); }

}  // namespace nhanrong::cli
