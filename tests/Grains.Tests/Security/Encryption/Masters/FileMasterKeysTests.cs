namespace Smcp.Security.Encryption.Masters;

public sealed class FileMasterKeysTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("smcp-master-").FullName;

    private string KeyPath => Path.Combine(_folder, "keys", "master.key");

    [Fact]
    public void Keys_AreReadBack_NewestFirst()
    {
        var keys = new FileMasterKeys(KeyPath);
        Assert.Empty(keys.Load());

        keys.Add(new MasterKey(1, Bytes(1)));
        keys.Add(new MasterKey(2, Bytes(2)));

        Assert.Equal([2, 1], new FileMasterKeys(KeyPath).Load().Select(key => key.Version));
        Assert.Equal(Bytes(2), new FileMasterKeys(KeyPath).Load()[0].Key.ToArray());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyPath));
    }

    [Fact]
    public void Line_IsNobodysKey_WhenACrashLeftItUnfinished()
    {
        var keys = new FileMasterKeys(KeyPath);
        keys.Add(new MasterKey(1, Bytes(1)));
        File.AppendAllText(KeyPath, "2:AAAA");

        Assert.Equal([1], keys.Load().Select(key => key.Version));
        keys.Add(new MasterKey(2, Bytes(2)));
        Assert.Equal([2, 1], keys.Load().Select(key => key.Version));
    }

    [Fact]
    public void Key_StaysTheFirst_WhenTwoNodesMakeOne()
    {
        new FileMasterKeys(KeyPath).Add(new MasterKey(1, Bytes(1)));
        new FileMasterKeys(KeyPath).Add(new MasterKey(1, Bytes(2)));

        Assert.Equal(Bytes(1), Assert.Single(new FileMasterKeys(KeyPath).Load()).Key.ToArray());
    }

    [Fact]
    public void File_IsRefused_WhenOthersMayReadIt()
    {
        new FileMasterKeys(KeyPath).Add(new MasterKey(1, Bytes(1)));
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        var refusal = Assert.Throws<EncryptionStartException>(() => new FileMasterKeys(KeyPath).Load());

        Assert.Contains($"chmod 600 {KeyPath}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no key\n")]
    [InlineData("1:AAAA\n")]
    [InlineData("0:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n")]
    public void File_IsRefused_WhenItHoldsNoKeys(string text)
    {
        new FileMasterKeys(KeyPath).Add(new MasterKey(1, Bytes(1)));
        File.WriteAllText(KeyPath, text);

        Assert.Throws<EncryptionStartException>(() => new FileMasterKeys(KeyPath).Load());
    }

    [Fact]
    public void ConfiguredKeys_AreReadAndNeverWritten()
    {
        var keys = new ConfiguredMasterKeys(
            $"3:{Convert.ToBase64String(Bytes(3))}, 1:{Convert.ToBase64String(Bytes(1))}");

        Assert.Equal([3, 1], keys.Load().Select(key => key.Version));
        Assert.Throws<EncryptionStartException>(() => keys.Add(new MasterKey(4, Bytes(4))));
        Assert.Throws<EncryptionStartException>(() => new ConfiguredMasterKeys("nothing").Load());
    }

    [Fact]
    public void Key_IsNotInItsText() =>
        Assert.Equal("master key 1", new MasterKey(1, Bytes(1)).ToString());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, MasterKey.KeyBytes)];
}
