using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Smcp.Hosting;
using Smcp.Mcp;
using Smcp.Network.Egress.Proxying;
using Smcp.Runtimes.Jails;
using Smcp.Runtimes.Jails.Output;
using Smcp.Servers.Deploying.Images;

namespace Smcp.Servers.Deploying.Importing.Npm;

/// <summary>
/// Brings packages of the npm registry: npm itself finds out what a package needs, in a jail that reaches the registry
/// and nothing else, and runs no script of any package. What comes out is an image, and never changes.
/// </summary>
internal sealed partial class NpmBuilds(
    IJails jails,
    EgressProxies proxies,
    ImageStore store,
    IOptions<NpmOptions> options,
    IOptions<ImageOptions> images,
    TimeProvider time,
    ILogger<NpmBuilds> logger) : IDisposable
{
    private const string LockFile = "package-lock.json";

    private static readonly McpFault Busy = new(FaultReason.Unavailable, "Too many packages are being brought.")
    {
        RetryAfter = TimeSpan.FromSeconds(5),
    };

    private readonly SemaphoreSlim _slots = new(options.Value.BuildsMax);

    /// <summary>Brings a package, and stores its image with the server's tenant. It does not throw.</summary>
    public async Task<NpmBuild> RunAsync(ServerKey server, NpmPackage package)
    {
        if (!await _slots.WaitAsync(TimeSpan.Zero, CancellationToken.None))
        {
            return NpmBuild.Refused(Busy);
        }

        try
        {
            var build = await BuildAsync(server, package);
            if (build is { Image: { } image, Program: { } program })
            {
                LogBrought(package.Name, program.Version, server, image.Bytes);
            }
            else
            {
                LogNotBrought(package.Name, server, build.Fault!.Message);
            }

            return build;
        }
        catch (Exception exception)
        {
            LogFailed(exception, package.Name, server);
            return NpmBuild.Refused(FaultReason.Internal, "The package could not be brought.");
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    private async Task<NpmBuild> BuildAsync(ServerKey server, NpmPackage package)
    {
        using var timeout = new CancellationTokenSource(options.Value.Deadline, time);
        try
        {
            await using var files = new FileSpool(images.Value);
            return await FillAsync(server, package, files, timeout.Token) is { } fault
                ? NpmBuild.Refused(fault)
                : await StoreAsync(server, package, files, timeout.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return NpmBuild.Refused(NpmFailure.TooLong(package, options.Value));
        }
        catch (JailUnavailableException exception)
        {
            return NpmBuild.Refused(FaultReason.Unavailable, exception.Message);
        }
        catch (BundleException exception)
        {
            return NpmBuild.Refused(FaultReason.InvalidParams, $"The package {package.Name}: {exception.Message}");
        }
        catch (ServerDataQuotaException)
        {
            return NpmBuild.Refused(
                FaultReason.LimitExceeded, "The tenant's storage quota has no room for the package.");
        }
        catch (ServerDataUnavailableException)
        {
            return NpmBuild.Refused(FaultReason.Unavailable, "The package cannot be stored now.");
        }
        catch (ArgumentException)
        {
            return NpmBuild.Refused(FaultReason.InvalidParams, "The package is larger than an object may be.");
        }
    }

    /// <summary>Null when all files are there; else why not.</summary>
    private async Task<McpFault?> FillAsync(
        ServerKey server, NpmPackage package, FileSpool files, CancellationToken cancellationToken)
    {
        await using var jail = await jails.StartAsync(
            NpmJail.OrderOf(server, package, options.Value), cancellationToken);
        await using var proxy = proxies.Create(NpmJail.OwnerOf(server, options.Value));
        foreach (var listener in jail.Listeners)
        {
            proxy.ServeHttp(listener);
        }

        await jail.Input.DisposeAsync();
        var errors = new ErrorText(options.Value.FailureTextBytesMax);
        var telling = errors.TakeAsync(jail.Error);
        var isWhole = await NpmOutput.ReadAsync(jail.Output, files, cancellationToken);
        var exit = await jail.Exited.WaitAsync(cancellationToken);
        await telling;
        return isWhole && exit.Code == 0
            ? null
            : NpmFailure.Of(
                exit, Encoding.UTF8.GetString(errors.Read()), proxy.Tally.Refusals > 0, package, options.Value);
    }

    private async Task<NpmBuild> StoreAsync(
        ServerKey server, NpmPackage package, FileSpool files, CancellationToken cancellationToken)
    {
        var (program, fault) = await NpmProgram.FindAsync(files, package, cancellationToken);
        if (program is null)
        {
            return NpmBuild.Refused(fault!);
        }

        var lockFile = await files.ReadAsync(LockFile, int.MaxValue, cancellationToken);
        await using var content = TemporaryFile.Create();
        var image = await files.WriteAsync(content, cancellationToken);
        content.Position = 0;
        await store.PutAsync(server, image, content, cancellationToken);
        return new NpmBuild
        {
            Image = image,
            Program = program,
            Lock = Convert.ToHexStringLower(SHA256.HashData(lockFile.Span)),
        };
    }
}
