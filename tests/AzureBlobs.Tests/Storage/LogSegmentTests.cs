namespace Smcp.Storage;

public sealed class LogSegmentTests
{
    [Fact]
    public void Segment_IsRead_AsItWasWritten()
    {
        var segment = new LogSegment(41, false, []).With([new byte[] { 1, 2 }, Array.Empty<byte>()], 2);

        var read = LogSegment.Read(segment.Write());

        Assert.Equal((41, 42, true), (read.First, read.Last, read.IsSealed));
        Assert.Equal([new byte[] { 1, 2 }, []], read.Records.Select(record => record.ToArray()));
    }

    [Fact]
    public void Segment_IsRefused_WhenAnyOfItIsMissing()
    {
        var bytes = new LogSegment(1, false, [new byte[] { 1, 2 }, new byte[] { 3 }]).Write();

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<StorageUnavailableException>(() => LogSegment.Read(bytes.AsMemory(0, length)));
        }

        Assert.Throws<StorageUnavailableException>(() => LogSegment.Read((byte[])[.. bytes, 0]));
    }
}
