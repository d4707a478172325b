using System.Net;

namespace Smcp.Runtimes.Worker;

/// <summary>An answer's content: its call goes on until it was read to its end, or is given up.</summary>
internal sealed class WorkerContent : HttpContent
{
    private readonly HttpContent _content;
    private readonly WorkerCall _call;

    public WorkerContent(HttpContent content, WorkerCall call)
    {
        _content = content;
        _call = call;
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => _content.ReadAsStreamAsync();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await _content.CopyToAsync(stream, context);
        _call.Dispose();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _content.Headers.ContentLength ?? 0;
        return _content.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            _call.Dispose();
        }

        base.Dispose(disposing);
    }
}
