namespace Smcp.Storage;

/// <summary>What a writer writes: from its number alone, so that a checker knows it too.</summary>
internal static class WriterContent
{
    public static StateAddress Address(int writer) => new("writer", $"default/{writer}", "state");

    public static string Log(int writer) => $"writer/default/{writer}";

    public static byte[] State(int writer, long version) => Bytes(writer, version, 2500);

    public static byte[] Record(int writer, long sequence) => Bytes(writer + 1000, sequence, 900);

    private static byte[] Bytes(int writer, long number, int bytesMax)
    {
        var random = new Random(HashCode(writer, number));
        var bytes = new byte[random.Next(bytesMax)];
        random.NextBytes(bytes);
        return bytes;
    }

    // Not System.HashCode, which differs from process to process.
    private static int HashCode(int writer, long number) => unchecked((writer * 1_000_003) + (int)number);
}
