using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;
using Smcp.Hosting;
using Smcp.Runtimes.Worker.Bindings;

namespace Smcp.Runtimes.Worker.Durable;

/// <summary>The lists and errors of S3's API, as far as workerd reads them.</summary>
internal static class DurableXml
{
    /// <summary>As many as S3 has in one page.</summary>
    private const int KeysMax = 1000;

    private static readonly XmlWriterSettings Form = new() { Async = false, Encoding = new UTF8Encoding(false) };

    public static Task RefuseAsync(BindingRequest request, int status, string code)
    {
        request.Answer.StatusCode = status;
        return HttpMethods.IsHead(request.Http.Method)
            ? Task.CompletedTask
            : WriteAsync(request, xml =>
            {
                xml.WriteStartElement("Error");
                xml.WriteElementString("Code", code);
                xml.WriteEndElement();
            });
    }

    /// <summary>ListObjectsV2: keys in their order, those with a delimiter behind the prefix as one.</summary>
    public static async Task ListAsync(
        BindingRequest request, IServerObjects objects, string prefix, string? delimiter, string? after)
    {
        const string Within = DurableKeys.Bucket + "/";
        var items = new List<ServerObjectInfo>();
        var prefixes = new List<string>();
        var next = after is null ? null : Within + after;
        do
        {
            var page = await objects.ListAsync(
                new ServerObjectQuery
                {
                    Prefix = Within + prefix,
                    Delimiter = delimiter,
                    After = next,
                    CountMax = KeysMax - items.Count - prefixes.Count,
                },
                request.Ended);
            items.AddRange(page.Items);
            prefixes.AddRange(page.Prefixes);
            next = page.Next;
        }
        while (next is not null && items.Count + prefixes.Count < KeysMax);

        await WriteAsync(request, xml =>
        {
            xml.WriteStartElement("ListBucketResult");
            xml.WriteElementString("Name", DurableKeys.Bucket);
            xml.WriteElementString("Prefix", prefix);
            xml.WriteElementString("KeyCount", Text(items.Count + prefixes.Count));
            xml.WriteElementString("MaxKeys", Text(KeysMax));
            xml.WriteElementString("IsTruncated", next is null ? "false" : "true");
            if (next is not null)
            {
                xml.WriteElementString("NextContinuationToken", next[Within.Length..]);
            }

            foreach (var item in items)
            {
                WriteItem(xml, item, Within.Length);
            }

            foreach (var common in prefixes)
            {
                xml.WriteStartElement("CommonPrefixes");
                xml.WriteElementString("Prefix", common[Within.Length..]);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });
    }

    private static void WriteItem(XmlWriter xml, ServerObjectInfo item, int prefixLength)
    {
        xml.WriteStartElement("Contents");
        xml.WriteElementString("Key", item.Key[prefixLength..]);
        xml.WriteElementString(
            "LastModified",
            item.WrittenAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        xml.WriteElementString("ETag", $"\"{item.ETag}\"");
        xml.WriteElementString("Size", Text(item.Bytes));
        xml.WriteEndElement();
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task WriteAsync(BindingRequest request, Action<XmlWriter> write)
    {
        using var content = new MemoryStream();
        using (var xml = XmlWriter.Create(content, Form))
        {
            write(xml);
        }

        request.Answer.ContentType = "application/xml";
        request.Answer.ContentLength = content.Length;
        await request.Answer.Body.WriteAsync(content.GetBuffer().AsMemory(0, (int)content.Length), request.Ended);
    }
}
