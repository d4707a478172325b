using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Smcp.Hosting;
using Smcp.Runtimes.Worker.Bindings;

namespace Smcp.Runtimes.Worker.Durable;

/// <summary>
/// Answers what workerd's cluster asks of its bucket, over the server's objects: the part of S3's API that it uses.
/// GET, HEAD, PUT and DELETE of <c>/bucket/key</c> with If-Match and If-None-Match, and GET of <c>/bucket/</c> as a
/// list.
/// </summary>
internal static class DurableBinding
{
    /// <summary>What says who owns a Durable Object is a line of JSON.</summary>
    private const int OwnerBytesMax = 4_096;

    public static async Task AnswerAsync(BindingRequest request, DurableStore store)
    {
        var path = Uri.UnescapeDataString(request.RawPath);
        if (!store.Admits(CredentialOf(request.Http.Headers.Authorization.ToString())))
        {
            await DurableXml.RefuseAsync(request, StatusCodes.Status403Forbidden, "AccessDenied");
        }
        else if (path.TrimEnd('/') == DurableKeys.Bucket && HttpMethods.IsGet(request.Http.Method))
        {
            await ListAsync(request, store);
        }
        else if (path.StartsWith(DurableKeys.Bucket + "/", StringComparison.Ordinal)
            && path[(DurableKeys.Bucket.Length + 1)..] is var key && DurableKeys.IsServed(key))
        {
            await AnswerAsync(request, store, key);
        }
        else
        {
            await DurableXml.RefuseAsync(request, StatusCodes.Status404NotFound, "NoSuchKey");
        }
    }

    private static Task AnswerAsync(BindingRequest request, DurableStore store, string key) =>
        request.Http.Method switch
        {
            "GET" or "HEAD" => GetAsync(request, store, key),
            "PUT" => PutAsync(request, store, key),
            "DELETE" => DeleteAsync(request, store, key),
            _ => DurableXml.RefuseAsync(request, StatusCodes.Status501NotImplemented, "NotImplemented"),
        };

    private static async Task GetAsync(BindingRequest request, DurableStore store, string key)
    {
        var opened = await store.Objects.GetAsync($"{DurableKeys.Bucket}/{key}", null, request.Ended);
        if (opened?.Content is not { } content)
        {
            await DurableXml.RefuseAsync(request, StatusCodes.Status404NotFound, "NoSuchKey");
            return;
        }

        await using (content)
        {
            if (DurableKeys.IsOwner(key) && opened.Length <= OwnerBytesMax && HttpMethods.IsGet(request.Http.Method))
            {
                await SendOwnerAsync(request, store, opened);
                return;
            }

            Describe(request, opened.Info, opened.Length);
            if (HttpMethods.IsGet(request.Http.Method))
            {
                await content.CopyToAsync(request.Answer.Body, request.Ended);
            }
        }
    }

    /// <summary>
    /// Who owns a Durable Object. That its owner is gone workerd would find out only after it tried to reach it: so it
    /// is told as what it is then, nobody's.
    /// </summary>
    private static async Task SendOwnerAsync(BindingRequest request, DurableStore store, ServerObject opened)
    {
        var (owner, info) = (new byte[opened.Length], opened.Info);
        await opened.Content!.ReadExactlyAsync(owner, request.Ended);
        if (DurableKeys.NodeIn(owner) is { } node && await store.WantAsync(node, request.Ended))
        {
            owner = DurableKeys.WithoutNode(owner);
            var terms = new ServerObjectTerms { Conditions = new ServerObjectConditions { IfMatch = info.ETag } };
            try
            {
                info = await store.Objects.PutAsync(info.Key, new MemoryStream(owner), terms, request.Ended);
            }
            catch (ServerDataConflictException)
            {
                // Another was quicker: workerd reads again.
                await DurableXml.RefuseAsync(request, StatusCodes.Status503ServiceUnavailable, "SlowDown");
                return;
            }
        }

        Describe(request, info, owner.Length);
        await request.Answer.Body.WriteAsync(owner, request.Ended);
    }

    private static void Describe(BindingRequest request, ServerObjectInfo info, long bytes)
    {
        request.Answer.Headers.ETag = Quoted(info.ETag);
        request.Answer.Headers.LastModified = HeaderUtilities.FormatDate(info.WrittenAt);
        request.Answer.ContentLength = bytes;
    }

    private static async Task PutAsync(BindingRequest request, DurableStore store, string key)
    {
        var written = await store.Objects.PutAsync(
            $"{DurableKeys.Bucket}/{key}",
            request.Http.Body,
            new ServerObjectTerms { Conditions = ConditionsOf(request) },
            request.Ended);
        if (DurableKeys.NodeOf(key) is { } node)
        {
            await store.LeasedAsync(node, request.Ended);
        }
        else if (DurableKeys.IsOwner(key))
        {
            store.Took(key);
        }

        request.Answer.Headers.ETag = Quoted(written.ETag);
        request.Answer.ContentLength = 0;
    }

    private static async Task DeleteAsync(BindingRequest request, DurableStore store, string key)
    {
        await store.Objects.DeleteAsync($"{DurableKeys.Bucket}/{key}", ConditionsOf(request), request.Ended);
        if (DurableKeys.NodeOf(key) is { } node)
        {
            await store.Objects.DeleteAsync(DurableKeys.WishOf(node), null, request.Ended);
        }

        request.Answer.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task ListAsync(BindingRequest request, DurableStore store)
    {
        var query = QueryHelpers.ParseQuery(request.Http.QueryString.Value);
        var after = query.GetValueOrDefault("continuation-token").ToString() is { Length: > 0 } token
            ? token
            : query.GetValueOrDefault("start-after").ToString();
        return DurableXml.ListAsync(
            request,
            store.Objects,
            query.GetValueOrDefault("prefix").ToString(),
            query.GetValueOrDefault("delimiter").ToString() is { Length: > 0 } delimiter ? delimiter : null,
            after.Length > 0 ? after : null);
    }

    private static ServerObjectConditions? ConditionsOf(BindingRequest request)
    {
        var (match, noneMatch) = (request.Http.Headers.IfMatch.ToString(), request.Http.Headers.IfNoneMatch.ToString());
        return match.Length == 0 && noneMatch.Length == 0
            ? null
            : new ServerObjectConditions
            {
                IfMatch = match.Length == 0 ? null : match.Trim('"'),
                IfNoneMatch = noneMatch.Length == 0 ? null : noneMatch.Trim('"'),
            };
    }

    /// <summary>
    /// As in <c>AWS4-HMAC-SHA256 Credential=key/date/region/s3/aws4_request, …</c>; empty where there is none.
    /// </summary>
    private static string CredentialOf(string authorization)
    {
        const string Name = "Credential=";
        var at = authorization.IndexOf(Name, StringComparison.Ordinal);
        var end = at < 0 ? -1 : authorization.IndexOf('/', at);
        return end < 0 ? string.Empty : authorization[(at + Name.Length)..end];
    }

    private static string Quoted(string tag) => $"\"{tag}\"";
}
