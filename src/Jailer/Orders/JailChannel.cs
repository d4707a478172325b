using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Smcp.Jailer.Native;

namespace Smcp.Jailer.Orders;

/// <summary>
/// One end of a connection to the jailer: messages of JSON, each behind its length in four bytes, with descriptors
/// beside them. One sender and one reader at a time.
/// </summary>
public sealed class JailChannel(Socket socket) : IDisposable
{
    /// <summary>The longest message, in bytes.</summary>
    public const int MessageBytesMax = 256 * 1024;

    /// <exception cref="IOException">The other end is gone.</exception>
    public async Task SendAsync<T>(
        T message, JsonTypeInfo<T> type, IReadOnlyList<SafeHandle> descriptors, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(message, type);
        if (body.Length > MessageBytesMax)
        {
            throw new InvalidDataException($"A message to the jailer has {body.Length} bytes; too many.");
        }

        DescriptorPassing.Send(socket, body.Length, descriptors);
        for (var sent = 0; sent < body.Length;)
        {
            sent += await socket.SendAsync(body.AsMemory(sent), SocketFlags.None, cancellationToken);
        }
    }

    /// <summary>The next message; null at the end. What came beside it belongs to the caller.</summary>
    /// <exception cref="InvalidDataException">What came is no message.</exception>
    public async Task<(T Message, IReadOnlyList<SafeHandle> Descriptors)?> ReceiveAsync<T>(
        JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var descriptors = new List<Descriptor>();
        var kept = false;
        try
        {
            if (await HeaderAsync(descriptors, cancellationToken) is not { } length)
            {
                return null;
            }

            if (length is <= 0 or > MessageBytesMax)
            {
                throw new InvalidDataException($"A message of {length} bytes was announced.");
            }

            var body = new byte[length];
            for (var read = 0; read < length;)
            {
                var more = await socket.ReceiveAsync(body.AsMemory(read), SocketFlags.None, cancellationToken);
                if (more == 0)
                {
                    return null;
                }

                read += more;
            }

            var message = Parse(body, type);
            kept = true;
            return (message, descriptors);
        }
        finally
        {
            if (!kept)
            {
                descriptors.ForEach(descriptor => descriptor.Dispose());
            }
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<int?> HeaderAsync(List<Descriptor> descriptors, CancellationToken cancellationToken)
    {
        var header = new List<byte>(DescriptorPassing.HeaderBytes);
        while (header.Count < DescriptorPassing.HeaderBytes)
        {
            await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken);
            var rest = DescriptorPassing.HeaderBytes - header.Count;
            if (DescriptorPassing.TryReceive(socket, rest) is { } received)
            {
                descriptors.AddRange(received.Descriptors);
                if (received.Bytes.Length == 0)
                {
                    return null;
                }

                header.AddRange(received.Bytes);
            }
        }

        return BinaryPrimitives.ReadInt32LittleEndian([.. header]);
    }

    private static T Parse<T>(byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type)
                ?? throw new InvalidDataException("A message of nothing came.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException("What came is no message.", exception);
        }
    }
}
