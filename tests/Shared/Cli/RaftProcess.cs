using System.Diagnostics;

namespace Raft.Verified.Tests.Cli;

/// <summary>The command as a process of its own, as this build made it.</summary>
internal static class RaftProcess
{
    private const string Shell = "/bin/sh";

    private const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Writes an executable that runs the command, whatever folder it is called from.</summary>
    public static string WriteLauncher(TemporaryFolder folder)
    {
        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        return WriteScript(folder, "raft", $"exec \"{host}\" \"{Path.Combine(AppContext.BaseDirectory, "raft.dll")}\" \"$@\"");
    }

    /// <summary>Writes an executable shell script.</summary>
    public static string WriteScript(TemporaryFolder folder, string name, string text)
    {
        string file = folder.File(name);
        File.WriteAllText(file, $"#!/bin/sh\n{text}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, Executable);
        }

        return file;
    }

    /// <summary>Starts a script and collects its output.</summary>
    public static async Task<CommandRun> RunAsync(string program, IReadOnlyList<string> args, IReadOnlyDictionary<string, string>? environment = null)
    {
        // By the shell, which only reads the file: another thread that starts a process may still hold a file open that was just written, and such a file cannot be executed.
        ProcessStartInfo start = new(Shell, program == Shell ? args : [program, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, output, await error);
    }
}
