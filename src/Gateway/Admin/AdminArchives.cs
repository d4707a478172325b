using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Smcp.Admin;

/// <summary>
/// Takes archives off the network into temporary files: whole, bounded, few at a time, and gone with the exchange.
/// </summary>
internal sealed class AdminArchives(TimeProvider time, IOptions<AdminOptions> options) : IDisposable
{
    private const string MediaType = "application/zip";
    private const int BufferBytes = 64 * 1024;

    private static readonly AdminProblem TooLarge = new(
        StatusCodes.Status413PayloadTooLarge, "too-large", "The archive is too large.");

    private static readonly AdminProblem TooSlow = new(
        StatusCodes.Status408RequestTimeout, "too-slow", "The archive took too long to arrive.");

    private static readonly AdminProblem Busy = new(
        StatusCodes.Status503ServiceUnavailable, "busy", "Too many archives are arriving.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private readonly SemaphoreSlim _slots = new(options.Value.ArchivesMax);

    public static bool Is(HttpRequest request) =>
        request.ContentType is { } type
        && type.Split(';')[0].Trim().Equals(MediaType, StringComparison.OrdinalIgnoreCase);

    /// <summary>The archive, at its beginning, and the hash of it; or why not.</summary>
    public async ValueTask<(Stream? Archive, byte[] Hash, AdminProblem? Problem)> TakeAsync(HttpRequest request)
    {
        var max = options.Value.ArchiveBytesMax;
        if (request.ContentLength > max)
        {
            return (null, [], TooLarge);
        }

        if (!_slots.Wait(0))
        {
            return (null, [], Busy);
        }

        FileStream? file = null;
        try
        {
            if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                // Kestrel counts the framing of chunks too.
                size.MaxRequestBodySize = max * 2;
            }

            file = TemporaryFile();
            var (hash, problem) = await CopyAsync(request, file, max);
            if (problem is not null)
            {
                await file.DisposeAsync();
                return (null, [], problem);
            }

            file.Position = 0;
            return (file, hash, null);
        }
        catch
        {
            await (file?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async ValueTask<(byte[] Hash, AdminProblem? Problem)> CopyAsync(
        HttpRequest request, FileStream file, long max)
    {
        var aborted = request.HttpContext.RequestAborted;
        using var late = new CancellationTokenSource(options.Value.ArchiveTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        long bytes = 0;
        try
        {
            while (await request.Body.ReadAsync(buffer, either.Token) is > 0 and var count)
            {
                bytes += count;
                if (bytes > max)
                {
                    return ([], TooLarge);
                }

                hash.AppendData(buffer, 0, count);
                await file.WriteAsync(buffer.AsMemory(0, count), either.Token);
            }
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return ([], TooSlow);
        }

        return (hash.GetHashAndReset(), null);
    }

    /// <summary>Nobody else's to read, and gone with the process that made it.</summary>
    private static FileStream TemporaryFile()
    {
        var made = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            made.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), made);
    }
}
