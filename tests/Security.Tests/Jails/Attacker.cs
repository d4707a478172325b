using System.Text;
using System.Text.Json.Nodes;

namespace Smcp.Threats;

/// <summary>
/// The attacker: an MCP server that a tenant deployed, which runs whatever its client sends it. Scripts and what they
/// say travel in hexadecimal digits, so they may be anything.
/// </summary>
internal static class Attacker
{
    public const string File = "attacker.pl";

    public const string Program =
        """
        #!/usr/bin/perl
        use strict;
        $| = 1;
        sub answer { print '{"jsonrpc":"2.0","id":', $_[0], ',"result":', $_[1], "}\n" }
        while (my $line = <STDIN>) {
          my ($id) = $line =~ /"id":(\d+|"[^"]*")/; my ($method) = $line =~ /"method":"([^"]+)"/;
          next unless defined $id;
          if ($method eq 'initialize') {
            answer($id, '{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},'
              . '"serverInfo":{"name":"attacker","version":"1"}}');
          } elsif ($method eq 'tools/list') {
            answer($id, '{"tools":[' . join(',', map { '{"name":"' . $_ . '","inputSchema":{"type":"object"}}' }
              'sh', 'perl') . ']}');
          } elsif ($method eq 'tools/call') {
            my ($tool) = $line =~ /"name":"([^"]+)"/; my ($hex) = $line =~ /"script":"([0-9a-f]*)"/;
            my $script = pack('H*', $hex); my $said;
            if ($tool eq 'sh') {
              open(my $shell, '-|', '/bin/sh', '-c', $script) or die; local $/; $said = <$shell>;
            } else {
              $said = eval $script; $said = "died: $@" if $@;
            }
            answer($id, '{"content":[{"type":"text","text":"' . unpack('H*', $said // '') . '"}]}');
          } else {
            print '{"jsonrpc":"2.0","id":', $id, ',"error":{"code":-32601,"message":"no"}}', "\n";
          }
        }
        """;

    public static JsonObject Arguments(string script) =>
        new() { ["script"] = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(script)) };

    /// <summary>What a script said; an error as it is.</summary>
    public static string Said(string answer) =>
        answer.All(char.IsAsciiHexDigit) ? Encoding.Latin1.GetString(Convert.FromHexString(answer)) : answer;
}
