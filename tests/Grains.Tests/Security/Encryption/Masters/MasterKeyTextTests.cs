namespace Smcp.Security.Encryption.Masters;

public sealed class MasterKeyTextTests
{
    private static readonly string One = Convert.ToBase64String(Bytes(1));
    private static readonly string Two = Convert.ToBase64String(Bytes(2));

    [Fact]
    public void Keys_AreRead_NewestFirst()
    {
        foreach (var between in (string[])["\n", ",", " , ", "\r\n", "\n# 3:a comment\n\n"])
        {
            var keys = MasterKeyText.Parse($"1:{One}{between}12:{Two}")!;

            Assert.Equal([12, 1], keys.Select(key => key.Version));
            Assert.Equal(Bytes(2), keys[0].Key.ToArray());
            Assert.Equal(Bytes(1), keys[1].Key.ToArray());
        }

        Assert.Empty(MasterKeyText.Parse("# nothing\n")!);
    }

    [Fact]
    public void Text_IsNoKeys_WhenAnyLineIsNone()
    {
        foreach (var line in (string[])
            [
                "x", "1", One, $"1:{One}:", $"0:{One}", $"-1:{One}", $" 1 :{One}", $"+1:{One}", $"1:{One[..^4]}", "1:",
                $"1:{Convert.ToBase64String(new byte[31])}", $"1:{Convert.ToBase64String(new byte[33])}",
                $"2:{Two}", $"99999999999:{One}",
            ])
        {
            Assert.True(MasterKeyText.Parse($"2:{One}\n{line}") is null, line);
        }
    }

    [Fact]
    public void Line_IsReadBack()
    {
        var line = MasterKeyText.Line(new MasterKey(7, Bytes(2)));

        Assert.Equal($"7:{Two}\n", line);
        Assert.Equal(7, Assert.Single(MasterKeyText.Parse(line)!).Version);
    }

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, MasterKey.KeyBytes)];
}
