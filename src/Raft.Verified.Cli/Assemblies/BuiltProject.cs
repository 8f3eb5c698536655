namespace Raft.Verified.Cli.Assemblies;

/// <summary>A project that was built in the configuration Release.</summary>
/// <param name="File">The full path of the project file.</param>
/// <param name="Name">The simple name of its assembly.</param>
/// <param name="Image">The full path of its assembly.</param>
/// <param name="Framework">The target framework that was chosen among several; null when there is only one.</param>
internal sealed record BuiltProject(string File, string Name, string Image, string? Framework)
{
    /// <summary>The folder of the project file.</summary>
    public string Folder => Path.GetDirectoryName(File)!;
}
