namespace Smcp.Runtimes.Process;

/// <summary>An MCP server of another language: it counts its calls, and does what the tool's name says.</summary>
internal static class PerlServer
{
    public const string Name = "server.pl";

    public const string Program =
        """
        #!/usr/bin/perl
        use strict; use Socket; use IO::Socket::INET;
        $| = 1; my $calls = 0; print STDERR "begun\n"; print "a greeting that is no message\n";
        sub answer { print '{"jsonrpc":"2.0","id":', $_[0], ',"result":', $_[1], "}\n" }
        sub text { answer($_[0], '{"content":[{"type":"text","text":"' . $_[1] . '"}]}') }
        sub fetch {
          my ($port, $head) = @_;
          my $s = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port") or return "closed";
          print $s $head; my $line = <$s>; return "nothing" unless defined $line; $line =~ s/[\r\n]//g; return $line;
        }
        while (my $l = <STDIN>) {
          my ($id) = $l =~ /"id":(\d+)/; my ($method) = $l =~ /"method":"([^"]+)"/;
          next unless defined $id;
          if ($method eq 'initialize') {
            answer($id, '{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},'
              . '"serverInfo":{"name":"perl","version":"1"}}');
          } elsif ($method eq 'tools/call') {
            my ($tool) = $l =~ /"name":"([^"]+)"/; my ($value) = $l =~ /"value":"([^"]+)"/;
            if ($tool eq 'count') { text($id, ++$calls) }
            elsif ($tool eq 'variable') { text($id, $ENV{$value} // 'none') }
            elsif ($tool eq 'say') { print STDERR "$value\n"; text($id, 'said') }
            elsif ($tool eq 'connect') { text($id, fetch(3128, "CONNECT $value HTTP/1.1\r\n\r\n")) }
            elsif ($tool eq 'port') { text($id, fetch($value, "hello\n")) }
            elsif ($tool eq 'write') { open(my $f, '>', $value) or (text($id, "no: $!"), next); text($id, 'written') }
            elsif ($tool eq 'hang') { text($id, 'hangs'); sleep 1 while 1 }
            elsif ($tool eq 'flood') { print "x" x 1000 while 1 }
            else { exit 9 }
          } else { print '{"jsonrpc":"2.0","id":', $id, ',"error":{"code":-32601,"message":"no"}}', "\n" }
        }
        """;
}
