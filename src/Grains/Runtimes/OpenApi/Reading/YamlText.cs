using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Smcp.Runtimes.OpenApi.Reading;

/// <summary>
/// A document in YAML as JSON (YAML 1.2, core schema, which OpenAPI asks for). Only what JSON can say is taken: an
/// alias would let a small document stand for a huge one, and tags would name types.
/// </summary>
internal static partial class YamlText
{
    private const int DepthMax = 128;

    public static bool IsYaml(string path) =>
        path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="OpenApiException">It is none, or says what JSON cannot.</exception>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlyMemory<byte> yaml)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(yaml.ToArray()));
            return Write(new Parser(new Scanner(reader)));
        }
        catch (YamlException exception)
        {
            throw new OpenApiException(
                $"is no YAML at line {exception.Start.Line.ToString(CultureInfo.InvariantCulture)}");
        }
        catch (ArgumentException)
        {
            // An escape of what is no character.
            throw new OpenApiException("has what is no text");
        }
    }

    private static ReadOnlyMemory<byte> Write(Parser parser)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { MaxDepth = DepthMax + 1 });
        var isMap = new Stack<bool>();
        var isKey = false;
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case AnchorAlias:
                    throw new OpenApiException("has an alias in YAML, which is not taken");
                case NodeEvent node when !node.Tag.IsEmpty || isMap.Count > DepthMax:
                    throw new OpenApiException(
                        $"has a tag or more than {DepthMax} levels in YAML, which is not taken");
                case Scalar scalar when isKey:
                    writer.WritePropertyName(scalar.Value);
                    isKey = false;
                    continue;
                case NodeEvent when isKey:
                    throw new OpenApiException("has a key in YAML that is no text");
                case Scalar scalar:
                    WriteScalar(writer, scalar);
                    break;
                case MappingStart:
                    writer.WriteStartObject();
                    isMap.Push(true);
                    break;
                case SequenceStart:
                    writer.WriteStartArray();
                    isMap.Push(false);
                    break;
                case MappingEnd:
                    writer.WriteEndObject();
                    isMap.Pop();
                    break;
                case SequenceEnd:
                    writer.WriteEndArray();
                    isMap.Pop();
                    break;
                case DocumentEnd when writer.BytesCommitted + writer.BytesPending > 0:
                    writer.Flush();
                    return output.WrittenMemory;
                default:
                    break;
            }

            isKey = isMap.TryPeek(out var within) && within;
        }

        throw new OpenApiException("is no YAML document");
    }

    private static void WriteScalar(Utf8JsonWriter writer, Scalar scalar)
    {
        var text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain)
        {
            writer.WriteStringValue(text);
        }
        else if (text is "" or "~" or "null" or "Null" or "NULL")
        {
            writer.WriteNullValue();
        }
        else if (text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            writer.WriteBooleanValue(text[0] is 't' or 'T');
        }
        else if (JsonNumber().IsMatch(text))
        {
            writer.WriteRawValue(text);
        }
        else if (Integer().IsMatch(text)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex JsonNumber();

    [GeneratedRegex(@"\A[-+]?[0-9]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Integer();
}
