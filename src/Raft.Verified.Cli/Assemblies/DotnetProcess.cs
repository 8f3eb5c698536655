using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>A run of the <c>dotnet</c> command, to build projects of the user.</summary>
/// <param name="Status">The exit status.</param>
/// <param name="Output">The text on standard output.</param>
/// <param name="Error">The text on standard error.</param>
internal sealed partial record DotnetProcess(int Status, string Output, string Error)
{
    // A command that runs inside of a build, or of 'dotnet test', must not pass the paths of that SDK on.
    private static readonly string[] NotInherited = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"];

    /// <summary>Runs the command in a folder, whose <c>global.json</c> chooses the SDK.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="stop">The token that ends the process early.</param>
    /// <param name="args">The arguments.</param>
    /// <exception cref="InputException">The command cannot be started.</exception>
    /// <exception cref="OperationCanceledException">The process was ended early.</exception>
    public static DotnetProcess Run(string folder, CancellationToken stop, params IEnumerable<string> args)
    {
        ProcessStartInfo start = new(Host(), args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (string name in NotInherited)
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        try
        {
            using Process process = Process.Start(start)!;
            using CancellationTokenRegistration kill = stop.Register(() => process.Kill(entireProcessTree: true));
            Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            stop.ThrowIfCancellationRequested();
            return new DotnetProcess(process.ExitCode, output, error.Result);
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new InputException($"'dotnet' cannot be started: {exception.Message}; a project needs the .NET SDK, and a .dll does not");
        }
    }

    /// <summary>Returns the first error of a build in one line, and the number of the others.</summary>
    /// <param name="folder">The folder that the paths of the errors are relative to.</param>
    public string FirstError(string folder)
    {
        string[] errors = [.. $"{Output}\n{Error}".Split('\n').Select(line => line.Trim()).Where(line => ErrorLine().IsMatch(line)).Distinct()];
        string first = errors.Length > 0
            ? ProjectSuffix().Replace(errors[0], "").Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            : $"dotnet ended with {Status}: {$"{Error}{Output}".Trim().Split('\n')[^1]}";
        return errors.Length > 1 ? $"{first} (and {errors.Length - 1} more)" : first;
    }

    private static string Host() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host && File.Exists(host) ? host
        : Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path
        : "dotnet";

    [GeneratedRegex(@"(^|: )error( [A-Z]+[0-9]+)?: ")]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@" \[[^\]]+\]$")]
    private static partial Regex ProjectSuffix();
}
