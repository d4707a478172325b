return await Smcp.Hosting.SmcpServer.RunAsync(args);
