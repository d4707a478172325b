using System.Buffers;
using Smcp.Usage;

namespace Smcp.Admin.Usage;

/// <summary>A form in which sums of usage are taken away, one a line.</summary>
/// <param name="ContentType">As the answer says it.</param>
/// <param name="Begin">Writes what stands before the first line.</param>
/// <param name="Write">Writes a line.</param>
internal sealed record UsageFormat(
    string ContentType, Action<IBufferWriter<byte>> Begin, Action<IBufferWriter<byte>, UsageRow> Write);
